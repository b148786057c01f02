"""Cases: one per account and contract term, from the first signal to how the renewal came out."""
