"""Sums and counts over many accounts."""
