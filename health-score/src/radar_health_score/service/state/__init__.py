"""Folds events into stored facts, and reads them."""
