// Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
// namespace: name kind methods instance-variables complexity loc. Counted by hand.
use std::io::{self, Read};

/// Documentation is a comment.
// namespace: Ledger struct 2 1 19.27 42
#[derive(Debug)]
pub struct Ledger<T> {
    items: Vec<T>,
}

impl<T: Clone> fmt::Display for crate::books::Ledger<T> {
    // expect: Ledger.fmt 14 17 4,4,15 2 2 29 2
    fn fmt(&self, f: &mut Formatter<'_>, (a, b): (i32, i32)) -> Result<(i32, i32), Error> {
        let Some(first) = self.items.first() else {
            return Err(Error);
        };
        let mut sum;
        if let Some(x) = first && a > 1 {
            sum = a;
        } else if a == b || !self.open {
            sum += 1;
        } else {
            self.items.len()?;
        }
        'outer: for item in 0..3 {
            loop {
                break 'outer;
            }
            while let Some(next) = item {
                continue;
            }
        }
        let kind = match a {
            1 | 2 => 3,
            n if n > 4 => loop { break 5 },
            _ if b => 6,
            _ => 7,
        };
        println!("{} {}", a && b, kind);
        return (if a { 1 } else { 2 }, 2);
    }
}

impl Ledger<u8> {
    // expect: Ledger.each 1 0 1,2,0 1 0 4 0
    pub(crate) async unsafe fn each(mut self, rest: &[u8]) {
        // expect: Ledger.each.work 2 1 0,0,1 2 1 3 1
        let work = move |x, y: i32| {
            if x != y { return; }
        };
        rest.iter().map(|z| z + 1)?;
    }
}

// namespace: Book trait 2 0 0 4
trait Book {
    fn declared(&self);

    // expect: Book.boxed 1 0 0,0,0 0 0 1 0
    fn boxed(self: Box<Self>) {}
}

mod shelf {
    // expect: shelf.count 2 2 0,2,2 1 1 3 0
    extern "C" fn count(n: i32, ...) -> i32 {
        [1, 2].map(|x| match x { 1 => r#"fn "#.len(), _ => 'a' })
    }
}

macro_rules! unseen {
    ($name:ident) => { fn $name() { if a { b } } };
}
