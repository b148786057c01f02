"""The clients that people have: segment-analytics-python and rudder-sdk-python, as they come."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from rudderstack.analytics.client import Client as RudderClient
from segment.analytics.client import Client as SegmentClient

from tests.support.ingest import Ingest
from tests.support.wait import eventually

pytestmark = pytest.mark.sdk

MakeClient = Callable[..., Any]


@pytest.fixture(params=[SegmentClient, RudderClient], ids=["segment", "rudder"])
def client(request: pytest.FixtureRequest, ingest: Ingest) -> Iterator[MakeClient]:
    made: list[Any] = []

    def make(**options: Any) -> Any:
        errors: list[Exception] = []
        one = request.param(
            ingest.key(),
            host=ingest.url,
            upload_interval=0.05,
            on_error=lambda error, _: errors.append(error),
            **options,
        )
        one.errors = errors
        made.append(one)
        return one

    yield make
    for one in made:
        one.join()


@pytest.mark.parametrize("gzip", [False, True], ids=["plain", "gzip"])
def test_what_a_client_sends_stands_on_the_log(
    ingest: Ingest,
    client: MakeClient,
    gzip: bool,
) -> None:
    sender = client(gzip=gzip)
    sender.group("u1", "acme", {"name": "Acme", "segment": "mid"}, message_id="g")
    sender.identify("u1", {"email": "u1@acme.example"}, message_id="i")
    sender.flush()
    for number in range(250):
        sender.track("u1", "Report Exported", {"number": number}, message_id=f"t{number}")
    sender.page("u1", "docs", "Start", message_id="p")
    sender.flush()

    assert sender.errors == []
    events = {event.id: event for event in ingest.events()}
    assert events.keys() == {"g", "i", "p", *(f"t{number}" for number in range(250))}
    assert {event.account_id for event in events.values()} == {"acme"}
    assert events["p"].type == "feature_used"


def test_an_outage_of_the_log_loses_nothing_that_was_acknowledged(ingest: Ingest, client: MakeClient) -> None:
    sender = client(gzip=True, max_retries=20)
    ingest.bus.away = True
    for number in range(150):
        sender.track("u1", "Use", context={"groupId": "acme"}, message_id=f"t{number}")
    eventually(lambda: ingest.bus.refusals >= 1, what="the client has met the outage")
    ingest.bus.away = False
    sender.flush()

    assert sender.errors == []
    assert sorted(ingest.ids()) == sorted(f"t{number}" for number in range(150))


def test_one_bad_message_costs_no_good_one(ingest: Ingest, client: MakeClient) -> None:
    sender = client()
    sender.track("u1", "Use", {"ratio": float("nan")}, {"groupId": "acme"}, message_id="bad")
    sender.track("nobody", "Use", message_id="homeless")
    sender.track("u1", "Use", context={"groupId": "acme"}, message_id="good")
    sender.flush()

    assert sender.errors == []
    assert "good" in ingest.ids()
    assert {letter.code for letter in ingest.letters()} >= {"account_required"}
