// Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
// namespace: name kind methods instance-variables complexity loc. Counted by hand.
using System;

namespace Shop.Cart {

/// <summary>Documentation is a comment.</summary>
// namespace: Cart class 11 3 32.22 67
[Serializable]
public abstract partial class Cart<T> : Base, IEnumerable<T> where T : new() {
    const int Limit = 1;
    private int _size, _open = 2;
    static string name;
    public event Handler Changed;

    public int Automatic { get; set; } = 1;

    public int Size {
        // expect: Cart.Size.get 1 0 0,0,0 0 0 1 1
        get { return _size; }
        // expect: Cart.Size.set 1 0 1,0,0 0 0 1 0
        private set => _size = value;
    }

    // expect: Cart.IsOpen 1 0 0,0,1 0 0 1 0
    public bool IsOpen => _size > 1;

    // expect: Cart.this 1 0 0,0,0 2 0 1 0
    public int this[int i, int j] => i;

    // expect: Cart.Cart 1 0 1,1,0 1 0 1 0
    public Cart(int size) : base(size) { _size = size; }

    // expect: Cart.~Cart 1 0 0,0,0 0 0 1 0
    ~Cart() { }

    public abstract void Later(int a);

    // expect: Cart.operator + 1 0 0,0,0 2 0 1 0
    public static Cart operator +(Cart a, Cart b) => a;

    // expect: Cart.operator int 1 0 0,0,0 1 0 1 1
    public static explicit operator int(Cart a) { return 1; }

    // expect: Cart.Add 21 15 7,4,21 3 3 38 2
    [Checked]
    public async Task<int> Add<U>(this int item, out U now, params int[] rest) {
        if (item > 1 && !open) {
            return 1;
        } else if (item is string text && text.Length == 0)
            total++;
        else {
            total ??= rest ?? 2;
        }
        for (int i = 0; i < 3; i++) continue;
        foreach (var (key, value) in rest) {
            while (open) { goto done; }
        }
        do { --total; } while (total == 1);
#if DEBUG && TRACE
        Log($"x {total}");
#endif
        switch (item) {
            case 1:
            case 2: break;
            case int n when n > 3: break;
            default: break;
        }
        var kind = item switch {
            1 or 2 => 3,
            { Size: 1 } when open => 4,
            _ => 5,
        };
        try {
            using (var file = Open()) { lock (this) { } }
        } catch (Failure failure) when (failure.Fatal) {
            throw new Failure(@"x");
        } finally {
            Close();
        }
        done:
        return open ? kind! : -1;
    }

    // expect: Cart.Run 4 0 3,1,1 0 0 7 0
    void Run() {
        // expect: Cart.Run.Local 1 0 0,0,0 1 0 1 0
        int Local(int q) => q;
        // expect: Cart.Run.work 2 1 0,0,2 2 0 3 1
        Func<int, int> work = (a, b) => {
            return a ? 1 : 2;
        };
        // expect: Cart.Run.old 1 0 0,1,0 1 0 1 0
        old = delegate (int x) { Go(x); };
        each(x => x ?? 1);
        var found = from x in rest where x > 1 select x;
    }

    // namespace: Cart.Point record 1 2 0 3
    record Point(int X, int Y) {
        // expect: Cart.Point.Move 1 0 0,0,0 0 0 1 0
        void Move() { }
    }
}

// namespace: ISums interface 1 0 0 3
interface ISums {
    void Sum(int a);
}
}
