"""Reasons: what a driver of a health score says; whoever shows a driver may word it in the reader's language."""
