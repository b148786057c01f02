"""The renewal forecast: what was known before a contract ended, how it ended, and who foresaw it."""
