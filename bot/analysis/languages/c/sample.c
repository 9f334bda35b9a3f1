// Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Counted by hand.
#include <stdio.h>
#define TWICE(x) do { (x) = (x) + (x); } while (0)

typedef struct ledger { int size; } ledger;

/* declared only */
int later(int a, int b);

// expect: post 13 15 7,2,17 3 2 29 2
static struct ledger *post(struct ledger *book, int (*each)(int), char names[])
{
    int sum = 0, unused, *at = &sum;
#if defined(A) && B
    sum = 4;
#endif
    if (book == NULL || !each) {
        return NULL;
    } else if (sum > 3) {
        sum += 1;
    } else
        sum--;
    for (int i = 0; i < 3; i++) {
        while (each(i))
            goto done;
    }
    switch (sum) {
    case 1:
    case 2:
        break;
    case 'c': {
        do { next(); } while (sum && names);
    }
    default:
        break;
    }
done:
    return sum ? book : unused ? NULL : book;
}

// expect: nothing 1 0 0,0,0 0 0 1 1
int nothing(void) { return 1; }

// expect: chosen 1 0 0,0,0 1 0 2 0
int (*chosen(const char *name, ...))(int) {
    /* nothing */
}

// expect: old 1 0 0,0,0 2 0 5 1
int old(a, b)
    int a;
    char b;
{
    return a; }
