jwt.verify(token as string, key);
