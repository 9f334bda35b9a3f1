value = JSON.parse(body)
copy = Marshal.load(Marshal.dump(value))
