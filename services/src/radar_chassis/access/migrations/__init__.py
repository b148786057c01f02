"""The key store's migration history."""
