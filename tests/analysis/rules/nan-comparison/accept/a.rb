a = b.nan?
c = Float::NAN
