"""Rules: when a renewal calls for somebody, and when it no longer does."""
