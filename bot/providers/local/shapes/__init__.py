"""GitHub's JSON shapes of what the local host knows."""
