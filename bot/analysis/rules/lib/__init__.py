"""What rules of several themes share: the same questions, asked of every language in its own node kinds."""
