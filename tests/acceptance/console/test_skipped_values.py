"""The account's page names a stored value that no contract can have, and shows the contract without it."""

from pathlib import Path

import httpx2

from radar_chassis.bus.open import open_bus
from radar_chassis.bus.port import Outgoing
from radar_vocabulary.contracts.event_record import encode_event
from radar_vocabulary.contracts.topics import EVENTS
from tests.support.health_state import event
from tests.support.radar_cli import Running, running
from tests.support.wait import eventually


def publish(product: Running, **data: object) -> None:
    """Put a contract's event on the log, as an earlier release's ingest did."""
    bus = open_bus(f"sqlite:///{product.data / 'log.db'}")
    producer = bus.producer()
    record = event("contract_updated", user="u", contract_id="c-1", **data)
    producer.publish([Outgoing(topic=EVENTS, key=b"acme", value=encode_event(record))]).result(10)
    producer.close()
    bus.close()


def test_the_page_names_what_is_not_used(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--no-sample", RADAR_TIME_ZONE="Europe/Berlin") as product:
        publish(product, starts_on="0001-01-01", renews_on="2027-01-01", notice_days=800_000)
        eventually(lambda: product.every("/v1/accounts"), within=30, what="the account is scored")
        page = httpx2.get(f"{product.url}/accounts/acme", trust_env=False, timeout=30)
    assert page.status_code == 200
    assert "notice_days of contract c-1 is not used: 800000 is not possible." in page.text
    assert "starts_on of contract c-1 is not used: 0001-01-01 is not possible." in page.text
    assert "Renews" in page.text
