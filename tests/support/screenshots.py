"""Takes the README's pictures: starts the product with its sample and looks at it. Run from the repository's root:

python -m tests.support.screenshots
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.support.browser import FLAGS, chromium
from tests.support.radar_cli import Running, running
from tests.support.wait import eventually

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images"
PHONE: ViewportSize = {"width": 390, "height": 844}


def main() -> int:
    """Write the pictures; returns the exit status."""
    path = chromium()
    if path is None:
        sys.stderr.write("No Chromium here: install it, or set RADAR_CHROMIUM.\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "data", "--sample") as product:
        eventually(lambda: _loaded(product), within=180, every=0.5, what="the sample is loaded")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
            _take(browser, product)
            browser.close()
    return 0


def _take(browser: Browser, product: Running) -> None:
    worst = product.get("/v1/accounts", band="at_risk", limit=1)["items"][0]["account_id"]
    account = f"{product.url}/accounts/{worst}"
    _picture(browser, product.url, "portfolio", {"width": 1280, "height": 1010})
    _picture(browser, account, "account", {"width": 1280, "height": 1580})
    _picture(browser, account, "account-phone", PHONE, scale=2)


def _picture(browser: Browser, url: str, name: str, size: ViewportSize, *, scale: float = 1) -> None:
    context = browser.new_context(viewport=size, device_scale_factor=scale, locale="en-GB")
    page = context.new_page()
    page.goto(url)
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def _loaded(product: Running) -> bool:
    loaded = '"sent_until"' in (product.data / "sample.json").read_text()
    return loaded and len(product.every("/v1/alerts", state="open")) >= 4


if __name__ == "__main__":
    raise SystemExit(main())
