"""The facts of one account as of any moment, from what was stored."""
