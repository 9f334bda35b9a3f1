const value: unknown = codec.unserialize(text as string);
