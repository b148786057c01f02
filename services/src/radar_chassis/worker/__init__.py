"""Consuming: state and offset in one transaction, poison parked, everything else retried."""
