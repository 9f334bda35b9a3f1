eval("1 + 1")
redis.eval(script)
klass.class_eval { attr_reader :name }
