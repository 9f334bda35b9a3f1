auto handle = mkstemp(layout);
