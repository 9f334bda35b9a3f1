a = b * b
c = a || b
d = "-" * 3
e = x != x
