// Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
// namespace: name kind methods instance-variables complexity loc. Counted by hand.
package sample;

// namespace: Ledger class 4 3 27.27 50
abstract class Ledger<T> extends Base {
    static final int LIMIT = 10;
    private int size, open = first();
    // expect: Ledger.Ledger 1 0 1,1,0 1 0 4 0
    Ledger(int size) {
        super(size);
        this.size = size;
    }

    // expect: Ledger.post 14 17 7,3,18 2 3 28 3
    @Override
    int post(Ledger<T> this, String name, int... amounts) throws IOException {
        int sum = 0, unused;
        if (name == null || amounts.length > 3) {
            return -1;
        } else if (open) {
            sum += 1;
        } else
            sum--;
        outer:
        for (int i = 0; i < 3; i++) {
            for (int amount : amounts) {
                if (amount instanceof Foo) continue outer;
            }
        }
        switch (sum) {
            case 1:
            case 2: return 1;
            default: break;
        }
        int kind = switch (name) { case "a", "b" -> 1; default -> 2; };
        try (Reader reader = open(name)) {
            do { sum = read(); } while (sum > 0 && open);
        } catch (IOException | Error error) {
            throw new Failure(error);
        }
        return open ? 1 : 2;
    }

    // expect: Ledger.run 1 0 1,3,0 0 0 6 0
    void run() {
        // expect: Ledger.run.task 3 3 0,1,3 2 1 4 1
        Callback task = (left, right) -> {
            if (left) return;
            each(x -> x == null ? 1 : 2);
        };
        new Thread(new Runnable() {
            // expect: Ledger.run.run 1 0 0,0,0 0 0 1 0
            public void run() { }
        }).start();
    }

    abstract int later(int a, int b);

    private final Runnable idle = new Runnable() {
        int hidden;

        // expect: Ledger.run#2 1 0 0,0,0 0 0 1 0
        public void run() { }
    };
}

// namespace: Point record 0 2 0 3
record Point(int x, int y) {
    static int made;
}

// namespace: Shape interface 1 0 0 4
interface Shape {
    int SIDES = 4;
    int area();
}

interface Marker { }
