x = HERE ? one : one
