"""Fixtures every kind of test may ask for; each lives in the module it is about."""

from radar_chassis.logging import configure_logging

configure_logging(style="json", level="warning")

pytest_plugins = [
    "tests.support.leaks",
    "tests.support.kafka",
    "tests.support.postgres",
    "tests.support.databases",
    "tests.support.buses",
    "tests.support.product",
    "tests.support.ingest",
    "tests.support.slack",
    "tests.support.mailbox",
    "tests.support.alerts",
    "tests.support.alerts_rig",
    "tests.support.health_service",
    "tests.support.browser",
]
