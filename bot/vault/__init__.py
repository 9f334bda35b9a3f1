"""The vault: sealed records, the keys that open them, and the receipts of their end."""
