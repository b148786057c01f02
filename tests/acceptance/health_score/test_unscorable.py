"""An account whose stored facts can't be used is shown as such, answers no question with a 500, and costs no other one."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from radar_chassis.store.database import Database
from tests.support.every_question import every_question
from tests.support.health_service import HealthService, StartHealth
from tests.support.health_state import NOON, event, used
from tests.support.wait import eventually

DAY = timedelta(days=1)


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    """The service's own tables."""
    database = Database(store_url, schema="health")
    yield database
    database.dispose()


@pytest.fixture
def service(start_health: StartHealth) -> HealthService:
    """The service in Berlin, with an account to be spoiled and a good one."""
    service = start_health()
    for account in ("odd", "good"):
        service.publish(
            event("account_updated", account=account, name=account.title()),
            event("ticket_updated", account=account, ticket_id="t", status="open"),
            event(
                "contract_updated",
                account=account,
                contract_id="c",
                renews_on="2027-03-01",
                mrr={"amount": 100, "currency": "EUR"},
            ),
            used("export", account=account),
        )
        service.scored(account)
    return service


def spoil(database: Database) -> None:
    """Give a stored ticket a status that there isn't."""
    write = text(
        """UPDATE entities SET state = replace(state, '"open"', '"lost"') WHERE kind = 'ticket' AND account_no ="""
        " (SELECT account_no FROM accounts WHERE account_id = 'odd')"
    )
    assert database.run(lambda connection: connection.execute(write)).rowcount == 1


def spoiled(service: HealthService, database: Database) -> dict[str, Any]:
    """Spoil the odd account and let both be used; return what the list says of it then."""
    spoil(database)
    at = service.clock.advance(timedelta(hours=2))
    service.publish(*(used("export", account=one, at=at) for one in ("odd", "good")))
    found: dict[str, Any] = eventually(lambda: listed(service)["unscorable"], what="the list says why")
    return found


def listed(service: HealthService, account: str = "odd") -> dict[str, Any]:
    return next(one for one in service.get("/v1/accounts")["items"] if one["account_id"] == account)


def test_it_shows_as_such_and_is_scored_again_when_the_fact_is_corrected(
    service: HealthService, database: Database
) -> None:
    found = spoiled(service, database)
    assert found["text"].startswith(
        "a stored fact of this account can't be used: ValidationError: Invalid enum value"
    )
    assert found["since"] == "2026-11-18T14:00:00Z"
    assert service.get("/v1/accounts/odd")["unscorable"] == found
    assert service.get("/v1/accounts/odd", language="ja")["unscorable"]["text"].startswith(
        "保存されている情報"
    )
    assert service.get("/v1/accounts/odd")["name"] == "Odd"
    assert service.get("/v1/accounts/odd/health")["as_of"].startswith("2026-11-18T12:00:00")
    eventually(lambda: "radar_accounts_unscorable 1.0" in service.client.get("/metrics").text, within=30)
    assert listed(service, "good")["unscorable"] is None
    assert service.scored("good", as_of="2026-11-18T14:00:00Z")
    at = service.clock.now()
    service.publish(event("ticket_updated", account="odd", at=at, ticket_id="t", status="solved"))
    eventually(lambda: listed(service)["unscorable"] is None, what="it is scored again")
    assert listed(service)["as_of"] == "2026-11-18T14:00:00Z"


def test_no_question_is_answered_with_a_500(service: HealthService, database: Database) -> None:
    spoiled(service, database)
    refused = {}
    for path, answer in every_question(service, "odd", (NOON - DAY).date()):
        assert answer.status_code < 500, f"{path}: {answer.text}"
        if answer.status_code == 409:
            refused[path] = answer.json()
    assert "/v1/accounts/odd/metrics" in refused
    assert {one["code"] for one in refused.values()} == {"account_unreadable"}
    assert all("/odd/" in path for path in refused)
