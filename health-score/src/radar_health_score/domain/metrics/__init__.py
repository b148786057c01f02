"""Metrics: pure functions of the facts known about one account, gathered in ``catalogue.CATALOGUE``."""
