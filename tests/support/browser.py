"""Chromium for the tests: Debian's, started once a module; every test gets a page of its own."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize, sync_playwright

from tests.support.fonts import FONTS, only
from tests.support.missing import missing

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 780}


def chromium() -> str | None:
    """Return the path of Chromium, if this machine has it."""
    asked = os.environ.get("RADAR_CHROMIUM")
    return asked or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )


def numbers(texts: list[str]) -> list[float]:
    """Return what cells with figures say; 0 for those that say nothing."""
    return [float(re.sub(r"[^0-9.\-]", "", text.replace("−", "-")) or 0) for text in texts]


@dataclass
class Watched:
    """A page and all that it complained about: script errors, refused content, failed requests."""

    page: Page
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A running Chromium. Playwright keeps an event loop running until it ends, so it must end with its module."""
    path = chromium()
    if path is None:
        missing("no Chromium here: apt-get install chromium, or set RADAR_CHROMIUM")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A page at a desk; the test fails when the page complained."""
    context = browser.new_context(viewport=DESK, locale="en-GB")
    context.set_default_timeout(10_000)
    found = Watched(page=context.new_page())
    found.page.on("console", lambda said: _note(found, said))
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.on("requestfailed", lambda request: _failed(found, request))
    yield found
    context.close()
    assert found.complaints == []


@pytest.fixture(params=FONTS)
def phone(browser: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Page]:
    """A page on a phone: once with a font for Chinese and Japanese and once without, whatever this machine has."""
    fonts = only(request.param, tmp_path)
    running = browser.browser_type.launch(executable_path=chromium(), args=list(FLAGS), env={**fonts})
    page = running.new_context(viewport=PHONE, is_mobile=True, has_touch=True).new_page()
    page.set_default_timeout(10_000)
    yield page
    running.close()


def _note(found: Watched, said: ConsoleMessage) -> None:
    if said.type in {"error", "warning"}:
        found.complaints.append(f"{said.type}: {said.text}")


def _failed(found: Watched, request: Request) -> None:
    # Going on to the next page cuts short what the last one was still fetching.
    if request.failure != "net::ERR_ABORTED":
        found.complaints.append(f"failed: {request.url}: {request.failure}")


def width_of(page: Page) -> int:
    """Return how wide the page's content is, in CSS pixels."""
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width
