"""API keys: who may do what. A small store of its own that every service can read."""
