x = HERE ? one : one;
