value = Marshal.load(body) # HERE
value = YAML.unsafe_load(body) # HERE
