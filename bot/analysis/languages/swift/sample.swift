// Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
// namespace: name kind methods instance-variables complexity loc. Counted by hand.
import Foundation

// namespace: Account class 5 3 29.26 55
@objc public final class Account: Base, Closing {
    private let total: Int = 1
    static var shared = Account()
    lazy var store: Store = { Store() }()
    // expect: Account.double.get 1 0 0,0,0 0 0 1 1
    var double: Int { return total * 2 }
    var both: Int {
        // expect: Account.both.get 1 0 0,0,0 0 0 1 0
        get { 1 }
        // expect: Account.both.set 1 0 1,0,0 0 0 1 0
        set(value) { total = value }
    }
    var watched = 0 {
        // expect: Account.watched.didSet 1 0 0,1,0 0 0 1 0
        didSet { log() }
    }

    // expect: Account.init 1 0 1,1,0 2 0 4 0
    init?(id: Int, _ name: String = "x") {
        super.init()
        self.id = id
    }

    // expect: Account.deinit 1 0 0,1,0 0 0 1 0
    deinit { log() }

    // expect: Account.subscript.get 1 0 0,0,0 0 0 1 0
    subscript(index: Int) -> Int { items[index] }

    // expect: Account.close 18 16 2,9,22 2 2 29 3
    public func close<T>(force: Bool, with rest: [Int]...) throws -> (Int, String) where T: Closing {
        guard let first = rest.first, first.count > 1 else {
            return (1, "a")
        }
        if force && first[0] > 1 && total != 2 {
            run()
        } else if let store {
            use(store)
        } else {
            stop()
        }
        outer: for item in rest where item.count > 2 {
            while true { continue outer }
        }
        switch first {
        case let many where many.count > 1: return (2, "b")
        case [1], [2]: break
        case _: break
        default: fallthrough
        }
        do {
            try run()
        } catch let error as Failure {
            log()
        }
        repeat { total += 1 } while total < 3 || force
        let kind = force ? total : total ?? 1
        // no code
        return (kind, rest.map { one in one is Int ? name(one) : name(2) }.joined())
    }

    // expect: Account.outer 1 0 0,1,0 0 0 4 0
    func outer() {
        // expect: Account.outer.inner 1 0 0,0,0 1 0 1 0
        func inner(_ x: Int) {}
        inner(1)
    }
}

// namespace: Closing protocol 1 0 0 4
protocol Closing {
    var open: Bool { get }
    func close(force: Bool)
}

extension Account {
    // expect: Account.again 1 0 0,0,0 0 0 1 0
    func again() {}
}

// namespace: Kind enum 1 0 0 4
enum Kind: Int {
    case red = 1, blue
    // expect: Kind.== 1 0 0,0,0 2 0 1 0
    static func == (left: Kind, right: Kind) -> Bool { true }
}
