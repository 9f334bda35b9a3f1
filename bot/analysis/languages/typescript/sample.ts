// Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
// namespace: name kind methods instance-variables complexity loc. Counted by hand.
namespace Shop {
  // namespace: Shop.Cart class 4 2 5.41 21
  export abstract class Cart<T> {
    private static made = 0;
    size?: number;

    // expect: Shop.Cart.constructor 1 0 0,1,0 2 0 3 0
    constructor(private readonly items: T[], label?: string) {
      super();
    }

    abstract later(a: number): void;

    // expect: Shop.Cart.total 4 2 2,1,2 1 1 8 1
    total(this: Cart<T>, by: (item: T) => number): number {
      let sum: number;
      const limit: number = 3;
      for (const item of this.items as T[]) {
        sum += by(item!) ?? 0;
      }
      return sum > limit ? limit : sum;
    }

    // expect: Shop.Cart.find 2 1 0,1,1 1 1 3 0
    find(a: string): void;
    find(a: any) {
      if (a) this.go<T>(a);
    }

    // expect: Shop.Cart.handler 1 0 0,0,0 1 0 1 0
    handler = (event: Event): void => {};
  }
}
