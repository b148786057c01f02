"""Fixtures every kind of test may ask for; each lives in the module it is about."""

pytest_plugins = [
    "tests.support.kafka",
    "tests.support.postgres",
    "tests.support.databases",
    "tests.support.buses",
]
