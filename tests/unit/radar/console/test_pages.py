"""The pages over HTTP: what each shows, who is let in, and what is refused."""

import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from msgspec import structs

from tests.support.console import LOCAL, PAGES, FakeConsole, fake_console, token, visit
from tests.support.fake_company import FakeCompany, fake_company

FILTERED = (
    "/renewals?within=365&segment=key&owner=anna@vendor.example", "/growth?of=nrr&every=month&as_of=2026-03-31",
    "/economics?as_of=2026-03-31&months=3", "/features/legacy%2Ffax%20machine",
    "/metric/csat_mean?account=acct-00&days=364&as_of=2026-11-01",
)  # fmt: skip


def sign_in(browser: TestClient, key: str) -> int:
    form = browser.get("/sign-in").text
    return browser.post("/sign-in", data={"token": token(form), "key": key, "next": "/alerts"}).status_code


def left(company: FakeCompany, number: int) -> None:
    """Make an account that of a former customer."""
    account = company.accounts[number]
    gone = structs.replace(account.snapshot.account, standing="former")
    account.snapshot = structs.replace(account.snapshot, account=gone, renewal=None)


@pytest.mark.parametrize("path", [*PAGES, *FILTERED])
def test_every_page_answers_under_a_policy_without_scripts(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "<script" not in answer.text
    assert " style=" not in answer.text


def test_an_unknown_account_is_a_page_with_status_404(browser: TestClient) -> None:
    answer = browser.get("/accounts/nobody")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "No account has this id." in answer.text


def test_names_cant_smuggle_markup_into_a_page(console: FakeConsole, browser: TestClient) -> None:
    console.company.accounts[0].name = "<b>Bold & Co</b>"
    assert "&lt;b&gt;Bold &amp; Co&lt;/b&gt;" in browser.get("/").text


def test_a_service_that_is_away_is_said_so_with_status_503(console: FakeConsole, browser: TestClient) -> None:
    console.company.away = True
    answer = browser.get("/")
    assert answer.status_code == 503
    assert "The health-score service can&#39;t answer at the moment." in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["retry-after"] == "5"


def test_an_empty_product_shows_the_first_event_to_send() -> None:
    with visit(fake_console(fake_company(accounts=0))) as browser:
        page = browser.get("/").text
    assert "No accounts yet" in page
    assert "curl http://127.0.0.1:8000/v1/events" in page


def test_former_customers_are_shown_only_when_asked_for(console: FakeConsole, browser: TestClient) -> None:
    left(console.company, 0)
    usual = browser.get("/").text
    assert "Northwind Freight" not in usual
    assert "total, without" in usual
    for asked in ("former", "all"):
        page = browser.get(f"/?q=northwind&standing={asked}").text
        assert "Northwind Freight</a>" in page
        assert '<span class="chip">Former customer</span>' in page
        assert "without <a" not in page
    assert "Halden Optics" not in browser.get("/?standing=former").text
    account = browser.get("/accounts/acct-00").text
    assert '<span class="chip">Former customer</span>' in account
    assert "customer churned" in account


def test_where_only_former_customers_match_they_are_offered(
    browser: TestClient, console: FakeConsole
) -> None:
    left(console.company, 0)
    page = browser.get("/?q=northwind").text
    assert '<a href="?q=northwind&amp;standing=former">1 former customer</a> would match.' in page
    for number in range(len(console.company.accounts)):
        left(console.company, number)
    assert "No accounts yet" not in browser.get("/").text


def test_an_account_without_enough_data_says_so_and_shows_no_number(browser: TestClient) -> None:
    page = browser.get("/accounts/acct-04").text
    assert "Not enough data" in page
    assert "12% of the scorecard&#39;s metrics have data" in page
    assert "no estimate yet" in page


def test_a_change_between_two_days_is_told_in_three_parts(browser: TestClient) -> None:
    page = browser.get("/accounts/acct-00?from=2026-10-01&to=2026-11-01").text
    assert "on 1 Oct 2026 it was" in page
    assert "if no new events had arrived" in page
    assert "; before: no data" in page


def test_days_that_cant_be_compared_leave_the_rest_of_the_page_in_place(browser: TestClient) -> None:
    answer = browser.get("/accounts/acct-00?from=2026-11-10&to=2026-11-01")
    assert answer.status_code == 200
    assert "must not be after `to`; swap them." in answer.text
    assert "All metrics" in answer.text


def test_a_change_from_a_day_without_a_score_says_so(browser: TestClient) -> None:
    assert "No score on" in browser.get("/accounts/acct-04").text


def test_a_browser_on_this_machine_comes_in_without_asking(browser: TestClient) -> None:
    answer = browser.get("/")
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


@pytest.mark.parametrize(
    ("host", "client", "headers"),
    [
        ("evil.example:8000", LOCAL, {}),
        ("127.0.0.1.evil.example", LOCAL, {}),
        ("127.0.0.1:8000", ("192.0.2.7", 50_000), {}),
        ("127.0.0.1:8000", LOCAL, {"X-Forwarded-For": "192.0.2.7"}),
        ("localhost", LOCAL, {"Forwarded": "for=192.0.2.7"}),
    ],
)
def test_nobody_else_does(
    console: FakeConsole, host: str, client: tuple[str, int], headers: dict[str, str]
) -> None:
    with visit(console, host=host, client=client) as browser:
        answer = browser.get("/accounts/acct-00?as_of=2026-11-01", headers=headers)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Faccounts%2Facct-00%3Fas_of%3D2026-11-01"


def test_a_console_that_isnt_bound_to_this_machine_always_asks() -> None:
    with visit(fake_console(open_on_loopback=False)) as browser:
        assert browser.get("/").headers["location"] == "/sign-in?next=%2F"


def test_a_key_that_may_read_opens_the_pages_and_no_buttons() -> None:
    console = fake_console(open_on_loopback=False)
    with visit(console) as browser:
        assert sign_in(browser, console.keys.make("reader", "read")) == 303
        page = browser.get("/alerts").text
        assert "Northwind Freight" in page
        assert "Acknowledge</button>" not in page
        refused = browser.post("/alerts/al_acct-00/acknowledge", data={"token": token(page)})
    assert refused.status_code == 403
    assert console.company.accounts[0].alert
    assert console.company.accounts[0].alert["state"] == "open"


@pytest.mark.parametrize("key", ["", "radar_nothing", "radar_" + "0" * 12 + "_" + "x" * 43, "schlüssel"])
def test_an_unknown_key_is_told_so_and_never_shown_again(key: str) -> None:
    console = fake_console(open_on_loopback=False)
    with visit(console) as browser:
        form = browser.get("/sign-in").text
        answer = browser.post("/sign-in", data={"token": token(form), "key": key})
        assert answer.status_code == 401
        assert 'role="alert"' in answer.text
        assert not key or key not in answer.text
        assert browser.get("/").status_code == 303


def test_a_revoked_key_closes_its_sessions() -> None:
    console = fake_console(open_on_loopback=False)
    key = console.keys.make("anna", "read")
    with visit(console) as browser:
        sign_in(browser, key)
        assert browser.get("/").status_code == 200
        console.keys.kept.pop(key.split("_")[1])
        console.forget_keys()
        assert browser.get("/").status_code == 303


def test_signing_out_takes_a_form_and_ends_the_session() -> None:
    console = fake_console(open_on_loopback=False)
    with visit(console) as browser:
        sign_in(browser, console.keys.make("anna", "read"))
        page = browser.get("/").text
        assert browser.get("/sign-out").status_code == 405
        assert browser.post("/sign-out", data={"token": token(page)}).headers["location"] == "/sign-in"
        assert browser.get("/").status_code == 303


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\nx"])  # fmt: skip
def test_sign_in_leads_nowhere_else(onward: str) -> None:
    console = fake_console(open_on_loopback=False)
    with visit(console) as browser:
        form = browser.get("/sign-in").text
        key = console.keys.make("anna", "read")
        answer = browser.post("/sign-in", data={"token": token(form), "key": key, "next": onward})
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_form_from_elsewhere_changes_nothing(
    console: FakeConsole, browser: TestClient, headers: dict[str, str]
) -> None:
    page = browser.get("/alerts").text
    given = token(page) if headers else "0" * 64
    answer = browser.post("/alerts/al_acct-00/acknowledge", data={"token": given}, headers=headers)
    assert answer.status_code == 403
    assert console.company.accounts[0].alert
    assert console.company.accounts[0].alert["state"] == "open"


def test_looking_changes_nothing(console: FakeConsole, browser: TestClient) -> None:
    browser.get("/alerts")
    for act in ("acknowledge", "snooze", "resolve"):
        assert browser.get(f"/alerts/al_acct-00/{act}").status_code == 405
    assert console.company.accounts[0].alert
    assert console.company.accounts[0].alert["state"] == "open"


@pytest.mark.parametrize(
    ("act", "form", "state"),
    [
        ("acknowledge", {"note": "calling today"}, "acknowledged"),
        ("snooze", {"days": "3", "reason": "on holiday"}, "snoozed"),
        ("resolve", {"outcome": "renewed"}, "resolved"),
    ],
)
def test_a_form_acts_and_leads_back(
    console: FakeConsole, browser: TestClient, act: str, form: dict[str, str], state: str
) -> None:
    page = browser.get("/accounts/acct-00").text
    sent = {"token": token(page), "next": "/accounts/acct-00", **form}
    answer = browser.post(f"/alerts/al_acct-00/{act}", data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/accounts/acct-00?done={state}")
    alert = console.company.accounts[0].alert
    assert alert
    assert alert["state"] == state
    assert alert["timeline"][-1]["actor"] == "local user"
    if act == "snooze":
        assert alert["snoozed_until"] == (console.clock.now() + timedelta(days=3)).isoformat()


def test_acting_on_what_has_changed_meanwhile_is_told(console: FakeConsole, browser: TestClient) -> None:
    page = browser.get("/alerts").text
    alert = console.company.accounts[0].alert
    assert alert
    alert["state"] = "resolved"
    answer = browser.post("/alerts/al_acct-00/acknowledge", data={"token": token(page)})
    assert answer.status_code == 409
    assert "This alert is resolved already." in answer.text


@pytest.mark.parametrize("form", [{}, {"days": "0"}, {"days": "soon"}])
def test_a_snooze_needs_a_number_of_days(browser: TestClient, form: dict[str, str]) -> None:
    page = browser.get("/alerts").text
    assert browser.post("/alerts/al_acct-00/snooze", data={"token": token(page), **form}).status_code == 422


def test_style_and_icon_may_be_kept_for_ever_and_nothing_else_is_served(browser: TestClient) -> None:
    found = re.findall(r'(?:href|src)="(/console/[^"]+)"', browser.get("/").text)
    assert found
    for path in found:
        assert "immutable" in browser.get(path).headers["cache-control"]
    assert browser.get("/console/nothing.css").status_code == 404
