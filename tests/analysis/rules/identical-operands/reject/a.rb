a = b - b # HERE
c = a || a # HERE
