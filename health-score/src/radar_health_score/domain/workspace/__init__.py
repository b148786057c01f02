"""What the workspace decides for every account: its days, its currency, its rules."""
