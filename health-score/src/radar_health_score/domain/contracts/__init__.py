"""Contracts as terms: what is in force, what renews, what was paid."""
