"""From facts to a health score with reasons."""
