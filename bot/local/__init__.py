"""Commands that work on this machine alone, without a server and its settings."""
