"""Alerts: turns health snapshots into episodes, and episodes into notices that reach somebody."""
