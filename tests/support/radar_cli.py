"""The command line as people use it: a real ``radar`` process for each command."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from tests.support.child import Child
from tests.support.wait import eventually

RADAR = (sys.executable, "-m", "radar")


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """Return stdout as JSON."""
        return json.loads(self.out)


def radar(*words: str | Path, **settings: str) -> Done:
    """Run a command to its end; ``settings`` are environment variables, and nothing else of RADAR_ is set."""
    done = subprocess.run(
        [*RADAR, *map(str, words)], capture_output=True, text=True, timeout=300, check=False,
        env={**_clean(), "COLUMNS": "120", **settings},
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


@dataclass
class Running:
    """The embedded product, up."""

    url: str
    key: str
    child: Child
    data: Path

    def settings(self) -> dict[str, str]:
        """Return what commands need to find it."""
        return {"RADAR_URL": self.url, "RADAR_KEY": self.key, "RADAR_DATA": str(self.data)}

    def get(self, path: str, **params: Any) -> Any:
        """GET and return the JSON answer; anything but 200 fails."""
        headers = {"Authorization": f"Bearer {self.key}"}
        answer = httpx2.get(f"{self.url}{path}", params=params, headers=headers, timeout=30, trust_env=False)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def every(self, path: str, **params: Any) -> list[Any]:
        """GET all pages of a list."""
        items: list[Any] = []
        cursor = None
        while True:
            page = self.get(path, **params, limit=100, **({"cursor": cursor} if cursor else {}))
            items += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return items

    def idle(self) -> bool:
        """Return whether no record waits in the log."""
        metrics = httpx2.get(f"{self.url}/metrics", timeout=30, trust_env=False).text
        waiting = [
            line.rsplit(" ", 1)[1]
            for line in metrics.splitlines()
            if line.startswith("radar_consumer_lag_records{")
        ]
        return bool(waiting) and all(float(value) == 0 for value in waiting)


@contextmanager
def running(data: Path, *words: str, command: Sequence[str] = RADAR, **settings: str) -> Iterator[Running]:
    """Run the embedded product on a free port while the block runs; yields it once it is ready.

    ``command`` is what stands before ``run``: another release's ``radar``, or one whose clock shows another day.
    """
    data.mkdir(parents=True, exist_ok=True)
    log = data.parent / f"{data.name}.log"
    whole = [*command, "run", "--data", str(data), "--port", "0", "--json", *words]
    child = Child(whole, log=log, env={**_without(), **settings})
    before = log.stat().st_size

    def greeting() -> dict[str, str] | None:
        assert child.running() or _fail(child)
        for line in log.read_text()[before:].splitlines():
            if '"api_key"' in line:
                found: dict[str, str] = json.loads(line)
                return found
        return None

    try:
        told = eventually(greeting, within=60, what="the product greets")
        assert told
        product = Running(told["url"], told["api_key"], child, data)
        eventually(lambda: product.get("/readyz"), within=60, what="the product is ready")
        yield product
    finally:
        child.kill()


def _fail(child: Child) -> bool:
    raise RuntimeError(f"the product ended:\n{child.tail()}")


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("RADAR_")}


def _without() -> dict[str, str]:
    """Child adds to the environment: what must not be there is set empty, which settings ignore."""
    return {name: "" for name in os.environ if name.startswith("RADAR_")}
