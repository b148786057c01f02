"""The console over made-up APIs, in one app as in the embedded product."""

import re
from dataclasses import dataclass
from datetime import datetime

import httpx2
from fastapi import FastAPI
from fastapi.testclient import TestClient

from radar.console.part import part
from radar.runner import LateApp
from radar.settings import Settings
from radar_chassis.access.guard import Access
from radar_chassis.access.keys import ApiKey, digest, generate
from radar_chassis.clock import Clock, ManualClock
from radar_chassis.http.app import create_app
from tests.support.fake_apis import fake_apis
from tests.support.fake_company import NOW, FakeCompany, fake_company

LOCAL = ("127.0.0.1", 50_000)
PAGES = (
    "/", "/?standing=former", "/?q=nobody", "/renewals", "/alerts", "/messages", "/economics", "/growth", "/features",
    "/features/report.export", "/backtests", "/accounts/acct-00", "/accounts/acct-00?reasons=all",
    "/accounts/acct-00?changes=all", "/accounts/acct-00?as_of=2026-11-01", "/accounts/acct-04",
    "/metric/seat_utilisation?account=acct-00", "/sign-in",
)  # fmt: skip


class Keys:
    """A shelf of API keys."""

    def __init__(self) -> None:
        self.kept: dict[str, ApiKey] = {}

    def find(self, key_id: str) -> ApiKey | None:
        return self.kept.get(key_id)

    def make(self, name: str, *scopes: str, at: datetime = NOW) -> str:
        """Return a new key."""
        whole, key_id, secret = generate()
        self.kept[key_id] = ApiKey(
            key_id=key_id, name=name, digest=digest(secret), scopes=frozenset(scopes), created_at=at
        )
        return whole


@dataclass
class FakeConsole:
    """The app, what stands behind it, and keys to sign in with."""

    app: FastAPI
    company: FakeCompany
    keys: Keys
    clock: Clock
    access: Access

    def forget_keys(self) -> None:
        """Let the seconds pass for which a key that was looked up is trusted."""
        self.access._known.clear()


def fake_console(
    company: FakeCompany | None = None, *, clock: Clock | None = None, open_on_loopback: bool = True
) -> FakeConsole:
    """Return a console over a made-up portfolio."""
    clock = clock or ManualClock(NOW)
    company = company or fake_company(clock.now())
    keys = Keys()
    access = Access(keys, clock)
    late = LateApp()
    client = httpx2.AsyncClient(transport=httpx2.ASGITransport(late), base_url="http://radar.internal")
    console = part(
        Settings(time_zone="Europe/Berlin"),
        health=client,
        alerts_client=client,
        key=keys.make("this machine", "read", "act"),
        keys=access,
        clock=clock,
        open_on_loopback=open_on_loopback,
    )
    late.app = create_app([fake_apis(company, access), console], version="test")
    return FakeConsole(app=late.app, company=company, keys=keys, clock=clock, access=access)


def visit(
    console: FakeConsole, *, host: str = "127.0.0.1:8000", client: tuple[str, int] = LOCAL
) -> TestClient:
    """Return a browser on this machine, or one elsewhere; it doesn't follow redirects by itself."""
    return TestClient(console.app, base_url=f"http://{host}", client=client, follow_redirects=False)


def token(html: str) -> str:
    """Return what a page's forms must carry."""
    found = re.search(r'name="token" value="([0-9a-f]{64})"', html)
    assert found
    return found[1]
