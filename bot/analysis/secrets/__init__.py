"""Secrets in source: what they look like, and where they are. What they are is never said."""
