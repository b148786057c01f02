"""The account page: what is set by hand, who endangers the renewal, the family, and why the model says so."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from msgspec import structs

from radar_vocabulary.contracts.health import ForecastDriver, ModelRef
from tests.support.console import FakeConsole, token

PAGE = "/accounts/acct-00"


def test_a_band_is_set_by_hand_with_its_reason_and_withdrawn_again(browser: TestClient) -> None:
    form = {"token": token(browser.get(PAGE).text), "account": "acct-00"}
    wish = {"band": "healthy", "days": "30", "reason": "Their <new> sponsor said so"}
    page = browser.post("/by-hand/set", data={**form, **wish}, follow_redirects=True).text
    assert "it applies until it expires" in page
    assert "Their &lt;new&gt; sponsor said so" in page
    assert "until <time" in page
    assert "Set manually…" not in page
    back = browser.post("/by-hand/withdraw", data=form, follow_redirects=True).text
    assert "scorecard&#39;s score applies again" in back
    assert "Set manually…" in back


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"band": "splendid"}, {"days": "0"}])
def test_what_cannot_be_set_is_refused(browser: TestClient, wrong: dict[str, str]) -> None:
    form = {"token": token(browser.get(PAGE).text), "account": "acct-00"}
    wish = {"band": "healthy", "days": "30", "reason": "so", **wrong}
    assert browser.post("/by-hand/set", data={**form, **wish}).status_code == 422
    assert "Withdraw" not in browser.get(PAGE).text


def test_a_form_from_elsewhere_sets_nothing(console: FakeConsole, browser: TestClient) -> None:
    browser.get(PAGE)
    form = {"token": "0" * 64, "account": "acct-00"}
    wish = {"band": "healthy", "days": "30", "reason": "so"}
    assert browser.post("/by-hand/set", data={**form, **wish}).status_code == 403
    assert browser.post("/by-hand/withdraw", data=form).status_code == 403
    assert console.company.accounts[0].snapshot.override is None


def test_people_who_endanger_the_renewal_and_the_family_are_named(browser: TestClient) -> None:
    page = browser.get(PAGE).text
    assert "Person 0, decision maker, has been quiet" in page
    assert '<a href="/accounts/acct-02">Blue Harbour 20</a>' in page


@pytest.mark.parametrize(
    ("term", "head", "past"),
    [
        ({"renews_on": "2030-01-31"}, "Renews 31 Jan 2030", False),
        ({"renews_on": None}, "No renewal date", False),
        ({"renews_on": "2030-01-31", "closing": {"on": "2030-01-31", "outcome": "churned"}}, "Ends 31 Jan 2030", False),
        ({"renews_on": "2020-01-31", "closing": {"on": "2020-01-31", "outcome": "churned"}}, "Churned 31 Jan 2020", True),
        ({"renews_on": "2030-01-31", "trial": True}, "Trial until 31 Jan 2030", False),
        ({"renews_on": None, "trial": True}, "In trial", False),
        ({"closing": {"on": "2020-01-31", "outcome": "churned"}, "trial": True}, "Trial ended 31 Jan 2020", True),
        ({"renews_on": "2030-01-31", "paused": True}, "Renews 31 Jan 2030", False),
    ],
)  # fmt: skip
def test_a_term_says_whether_it_renews_ends_or_has_ended(
    console: FakeConsole, browser: TestClient, term: dict[str, Any], head: str, *, past: bool
) -> None:
    console.company.accounts[0].contracts = [{"contract_id": "c", **term}]
    card = browser.get(PAGE).text.partition('id="contracts-h"')[2].partition("</section>")[0]
    words = " ".join(re.sub(r"<[^>]+>", "", card).split())
    assert head in words
    assert ("past-term" in card) is past
    assert ("paused" in words) is term.get("paused", False)


def test_the_models_reasons_stand_beside_the_scorecards(console: FakeConsole, browser: TestClient) -> None:
    assert "Why the model predicts this" not in browser.get(PAGE).text
    drivers = tuple(ForecastDriver(about=f"a{at}", logit=at - 4.2, text=f"Reason {at}") for at in range(9))
    account = console.company.accounts[0]
    account.snapshot = structs.replace(
        account.snapshot, model=ModelRef(version="abcdef123456", base=1.0, drivers=drivers)
    )
    page = browser.get(PAGE).text
    assert page.index("Reason 0") < page.index("Reason 8") < page.index("Reason 1")
    assert "and 3 weaker reasons" in page
    assert "model abcdef12" in page
