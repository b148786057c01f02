"""The product with its sample, once for all that looks at it."""

from collections.abc import Iterator

import pytest

from tests.support.radar_cli import Running, running
from tests.support.wait import eventually


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The embedded product, its sample company loaded and scored, alerts open."""
    with running(tmp_path_factory.mktemp("console") / "data", "--sample") as product:
        eventually(lambda: _settled(product), within=120, every=0.5, what="the sample is loaded")
        yield product


def _settled(product: Running) -> bool:
    return (
        '"sent_until"' in (product.data / "sample.json").read_text()
        and len(product.every("/v1/accounts")) == 60
        and len(product.every("/v1/alerts", state="open")) >= 4
    )
