"""The edge where the world comes in, over HTTP."""
