"""Migrations of a small database for tests."""
