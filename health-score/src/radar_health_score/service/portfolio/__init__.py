"""Scans over all accounts."""
