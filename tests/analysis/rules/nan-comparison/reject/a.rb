a = b == Float::NAN # HERE
