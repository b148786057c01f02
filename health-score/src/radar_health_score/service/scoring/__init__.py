"""Scores accounts again when something changed; configuration, overrides and replay."""
