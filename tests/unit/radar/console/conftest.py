"""A console over a made-up portfolio, and a browser on its machine."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.support.console import FakeConsole, fake_console, visit


@pytest.fixture
def console() -> FakeConsole:
    return fake_console()


@pytest.fixture
def browser(console: FakeConsole) -> Iterator[TestClient]:
    with visit(console) as client:
        yield client
