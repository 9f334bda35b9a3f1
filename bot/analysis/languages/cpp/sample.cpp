// Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
// namespace: name kind methods instance-variables complexity loc. Counted by hand.
#include <vector>

namespace shop::books {

// namespace: Ledger class 8 2 19.31 41
template <typename T>
class Ledger : public Base<T> {
public:
    int size = 1, *next;

    // expect: Ledger.Ledger 1 0 2,0,0 0 0 1 0
    Ledger() : size(1), Base<T>(2) {}
    Ledger(const Ledger&) = default;
    // expect: Ledger.~Ledger 1 0 0,1,0 0 0 1 0
    ~Ledger() noexcept override { delete next; }
    virtual void later(int a) = 0;
    // expect: Ledger.operator bool 1 0 0,0,0 0 0 1 1
    operator bool() const { return size; }
    // expect: Ledger.operator= 1 0 0,0,0 1 0 1 1
    Ledger& operator=(const Ledger& other) { return *this; }
    // expect: Ledger.get 1 0 0,0,0 0 0 1 1
    auto get() -> int* { return next; }
    // expect: Ledger.each 1 0 0,0,0 1 0 1 0
    template <class U> void each(U&&... rest) {}

    // namespace: Ledger.Page struct 1 0 0 3
    struct Page {
        // expect: Ledger.Page.turn 1 0 0,0,0 0 0 1 0
        void turn(void) {}
    };
};

// expect: Ledger.post 12 13 5,4,15 2 2 28 2
template <> int Ledger<int>::post(const char* name, int amount = 1, ...)
{
    if (auto at = find(name); at != end && amount) {
        size += 1;
    } else if constexpr (amount > 1 or !name) {
        return {};
    } else {
        --size;
    }
    for (auto& [key, value] : pages) {
        while (next) { goto done; }
    }
    switch (amount) {
    case 1: break;
    case 2: { break; }
    default: break;
    }
    try {
        next = new int(3);
    } catch (const Error& error) {
        throw Failure(error);
    } catch (...) {
        log(R"x(fn ")x");
    }
done:
    int kind(4);
    return amount <=> size ? *next : kind;
}

// namespace: shop.Ledger.Page receiver 1 0 3.41 6
// expect: shop.Ledger.Page.operator() 1 0 1,1,0 1 0 4 0
void shop::Ledger<int>::Page::operator()(int n) const {
    // expect: shop.Ledger.Page.operator().work 2 1 0,0,2 2 0 3 1
    auto work = [&, this](int a, auto b) mutable -> int {
        return a ? a : b;
    };
    each(work);
}

}  // namespace shop::books
