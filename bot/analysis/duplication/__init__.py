"""Equal and similar pieces of code: token streams made in the child, clones found in the parent, both with numpy."""
