"""A backtest as a report for people: one HTML page that needs nothing else, and its pictures as files."""

from radar_health_score.adapters.backtest_report.write import write_report

__all__ = ["write_report"]
