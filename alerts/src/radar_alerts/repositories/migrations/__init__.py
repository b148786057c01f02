"""The alerts service's own migration history."""
