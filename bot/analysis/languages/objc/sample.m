// Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
// namespace: name kind methods instance-variables complexity loc. Counted by hand.
#import <Foundation/Foundation.h>
#define LIMIT 10

// namespace: Account class 4 4 20.12 53
@interface Account () <UITableViewDelegate> {
  int _size;
}
@property (nonatomic, strong) NSString *name;
@property int first, second;
- (void)declared;
@end

// expect: helper 4 4 2,2,5 2 1 8 2
static int helper(int a, char *b) {
  int x = a > 1 && b ? 1 : 2;
  if (a)
    return x;
  else
    b = call(a);
  return other(x);
}

@implementation Account

// expect: Account.dealloc 1 0 0,1,0 0 0 3 0
- (void)dealloc {
  [super dealloc];
}

// expect: Account.make 1 0 0,2,0 0 0 1 1
+ (instancetype)make { return [[self alloc] init]; }

// expect: Account.tableView:didSelectRowAtIndexPath: 12 16 4,9,14 2 3 37 1
- (NSInteger)tableView:(UITableView *)view didSelectRowAtIndexPath:(NSIndexPath *)path {
  if (!view) {
    return 0;
  } else if (path.row == 1 || path) {
    [self run];
  } else {
    f();
  }
  for (id item in self.items) {
    for (int i = 0; i < 3; i++) {
      while (item) {
        [item next:i with:@"text"];
      }
    }
  }
  switch (self.kind) {
    case 1:
    case 2: f(); break;
    default: break;
  }
  @try {
    f();
  } @catch (NSException *error) {
    goto done;
  } @finally {
    f();
  }
  @synchronized (self) {
    do { f(); } while (view != nil);
  }
  dispatch_async(queue, ^{
    if (view) { f(); }
  });
  self.name = @"a";
  // no code
done:
  _size += 1;
}
@end

@implementation Account (Extra)
// expect: Account.extra: 1 0 0,0,0 1 0 1 0
- (void)extra:(int (^)(int a, int b))block {}
@end
