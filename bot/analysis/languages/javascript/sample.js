// Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
// namespace: name kind methods instance-variables complexity loc. Counted by hand.

// expect: classify 10 7 4,1,11 3 1 17 2
function classify(a, { b, c }, ...rest) {
  let x, y = 1;
  if (a && !(b || c)) {
    x = a ?? b;
  } else if (x instanceof Foo) {
    x ||= 2;
  } else {
    x++;
  }
  switch (a) {
    case 1:
    case 2:
      return new Foo(x);
    default:
      return x === 3 ? y : a?.b;
  }
}

// namespace: Queue class 3 3 11.71 25
class Queue {
  static made = 0;

  // expect: Queue.constructor 1 0 4,0,0 1 0 5 0
  constructor(jobs) {
    this.jobs = jobs;
    this.#left = this.spare = 1;
    this.jobs.first = null;
  }

  // expect: Queue.drain 6 12 2,4,5 1 4 16 0
  async drain(limit = 10) {
    outer: for (const job of this.jobs) {
      do {
        for (let i = 0; i < limit; i++) {
          if (job.done) continue outer;
        }
      } while (job.next());
    }
    try {
      await go();
    } catch (error) {
      log(error);
    } finally {
      stop();
    }
  }

  // expect: Queue.#size 1 0 0,1,0 0 0 1 0
  #size = () => this.jobs.count();
}

const api = {
  // expect: save 1 0 0,1,0 1 0 3 0
  save: async function (done) {
    // expect: save.<anonymous> 2 1 0,1,1 1 1 3 0
    wait(key => {
      if (key) done();
    });
  },
};

// expect: api.load.deep 4 2 0,0,4 0 0 1 1
api.load.deep = function () { return a && /* why */ (b || c) ? 1 : 2; };

// namespace: <anonymous> class 1 1 0 4
export default class extends Queue {
  limit = 10;
  // expect: <anonymous>.go 1 0 0,0,0 0 0 1 0
  go() {}
}
