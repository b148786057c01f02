"""Health set by hand, over HTTP."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from tests.support.health_service import HealthService
from tests.support.health_state import NOON, event, used

DAY = timedelta(days=1)
PATH = "/v1/accounts/acme/override"


@pytest.fixture
def actor(health_service: HealthService) -> Iterator[httpx2.Client]:
    health_service.publish(*(used("export", user=f"u{n}", at=NOON - n * DAY) for n in range(20)))
    health_service.scored()
    with health_service.client_for("read", "act") as client:
        yield client


def wish(**said: Any) -> dict[str, Any]:
    return {"reason": "Their champion left", "expires_at": (NOON + 9 * DAY).isoformat(), **said}


def test_what_is_set_is_shown_everywhere_and_ends_when_it_is_withdrawn(
    health_service: HealthService, actor: httpx2.Client
) -> None:
    before = health_service.get("/v1/accounts/acme/health")
    health_service.clock.advance(2 * DAY)
    answer = actor.put(PATH, json=wish(band="at_risk", score=20))
    assert answer.status_code == 200, answer.text
    assert (answer.json()["override"]["author"], answer.json()["override"]["state"]) == ("test", "in_force")
    shown = health_service.scored(band="at_risk")
    assert (shown["score"], shown["override"]["scorecard_band"]) == (20, before["band"])
    (listed,) = health_service.get("/v1/accounts", band="at_risk")["items"]
    assert (listed["account_id"], listed["score"]) == ("acme", 20)
    assert listed["override"] == shown["override"]
    (set_by_hand,) = health_service.get("/v1/overrides")["items"]
    assert (set_by_hand["account_id"], set_by_hand["override"]["score"]) == ("acme", 20)
    changes = health_service.get("/v1/accounts/acme/health/changes", **{"from": NOON.date()})
    assert changes["override"]["points_to"] == pytest.approx(shown["override"]["points"])
    assert changes["override"]["text"].startswith("test set the score to 20 (at risk) until 27 November 2026")
    parts = changes["behaviour"] + changes["time"] + changes["configuration"]
    assert parts == pytest.approx(changes["to"]["score"] - changes["from"]["score"])
    health_service.clock.advance(DAY)
    assert actor.delete(PATH, params={"author": "Kim", "reason": "Back again"}).status_code == 200
    health_service.scored(override=None)
    assert health_service.get("/v1/overrides")["items"] == []
    acts = health_service.get("/v1/accounts/acme/overrides")["items"]
    assert [(one["state"], one["author"]) for one in acts] == [("withdrawal", "Kim"), ("over", "test")]
    points = health_service.get("/v1/accounts/acme/health/history")["items"]
    assert [bool(point["override"]) for point in points[-2:]] == [True, False]
    past = health_service.get("/v1/accounts/acme/health", as_of=(NOON + 2.5 * DAY).isoformat())
    assert (past["band"], past["score"]) == ("at_risk", 20)


def test_only_who_may_act_may_set_it(health_service: HealthService, actor: httpx2.Client) -> None:
    refused = health_service.client.put(PATH, json=wish(band="healthy"))
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert health_service.client.delete(PATH).status_code == 403
    assert health_service.get(PATH) == {"account_id": "acme", "override": None}
    assert actor.delete(PATH).status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"band": "fine"},
        {"score": 101},
        {"score": "NaN"},
        {"band": "watch", "reason": " "},
        {"band": "watch", "expires_at": "2026-12-01T10:00:00"},
        {"band": "watch", "expires_at": "2020-01-01T10:00:00Z"},
        {"band": "watch", "colour": "red"},
        {"band": "watch", "author": "a\x00"},
    ],
)
def test_what_makes_no_sense_is_a_problem_with_a_sentence(actor: httpx2.Client, said: dict[str, Any]) -> None:
    answer = actor.put(PATH, json=wish(**said))
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_an_account_nobody_knows_is_not_found(actor: httpx2.Client) -> None:
    assert actor.put("/v1/accounts/nobody/override", json=wish(band="watch")).status_code == 404
    assert actor.get("/v1/accounts/nobody/overrides").status_code == 404


def test_what_is_set_outlives_events(health_service: HealthService, actor: httpx2.Client) -> None:
    actor.put(PATH, json=wish(band="watch"))
    health_service.publish(event("account_updated", at=NOON, name="Acme"))
    assert health_service.scored(band="watch")["override"]["reason"] == "Their champion left"
