"""What a module of tests leaves open fails that module, not whichever test the collector happens to run in."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def _left_open() -> Iterator[None]:
    """Collect what the module's tests have let go of: an open socket or file among it is a warning, so an error."""
    yield
    gc.collect()
