"""`radar run --sample`: within a minute at-risk accounts with reasons and open alerts are there, in little memory."""

import stat
from collections.abc import Iterator
from pathlib import Path

import httpx2
import psutil
import pytest

from tests.support.radar_cli import Running, running
from tests.support.wait import eventually


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sample") / "data"


@pytest.fixture(scope="module")
def product(folder: Path) -> Iterator[Running]:
    with running(folder, "--sample") as up:
        yield up


def loaded(product: Running) -> bool:
    return (
        len(product.every("/v1/accounts")) == 60
        and '"sent_until"' in (product.data / "sample.json").read_text()
    )


def test_at_risk_accounts_with_reasons_and_an_open_alert_are_there_within_a_minute(product: Running) -> None:
    eventually(lambda: product.get("/v1/accounts", band="at_risk")["items"], within=60, every=0.3)
    eventually(lambda: product.get("/v1/alerts", state="open")["items"], within=60, every=0.3)
    worst = product.get("/v1/accounts", band="at_risk")["items"][0]
    snapshot = product.get(f"/v1/accounts/{worst['account_id']}/health")
    assert any(driver["points"] < 0 and driver["text"] for driver in snapshot["drivers"])


def test_every_kind_of_customer_is_there_and_healthy_ones_raise_no_alert(product: Running) -> None:
    eventually(lambda: loaded(product), within=60, every=0.5)

    def settled() -> bool:
        accounts = {one["account_id"]: one["band"] for one in product.every("/v1/accounts")}
        assert set(accounts.values()) >= {"healthy", "watch", "at_risk"}
        alerts = {alert["account_id"] for alert in product.every("/v1/alerts")}
        assert alerts
        return all(accounts[account] != "healthy" for account in alerts)

    eventually(settled, within=60, every=0.5)


def test_the_console_opens_without_a_password_on_this_machine(product: Running) -> None:
    page = httpx2.get(f"{product.url}/", follow_redirects=True, trust_env=False, timeout=30)
    assert page.status_code == 200
    assert "Renewal Radar" in page.text


def test_the_process_stays_small(product: Running) -> None:
    eventually(lambda: loaded(product), within=60, every=0.5)
    assert psutil.Process(product.child.pid).memory_info().rss < 400 * 2**20


def test_the_key_is_for_its_owner_only(product: Running) -> None:
    file = product.data / "api-key"
    assert file.read_text().strip() == product.key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_after_a_kill_the_same_key_opens_the_same_state(product: Running, folder: Path) -> None:
    eventually(lambda: loaded(product), within=60, every=0.5)
    account = product.every("/v1/accounts")[0]["account_id"]
    before = eventually(lambda: _uses(product, account), within=30)
    product.child.kill()
    with running(folder, "--sample") as again:
        assert again.key == product.key
        assert len(again.every("/v1/accounts")) == 60
        assert before <= _uses(again, account) < 1.2 * before
        assert again.child.stop() == 0


def _uses(product: Running, account: str) -> int:
    return sum(feature["total"] for feature in product.get(f"/v1/accounts/{account}/features")["items"])
