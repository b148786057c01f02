"""Sends batches of events to ``POST /v1/events`` and tries again where that makes sense."""

import gzip
import random
import time
from collections.abc import Callable, Sequence
from typing import Final

import httpx2
import msgspec

from radar.importer.errors import Stopped
from radar_vocabulary.answers.receipts import Receipt, Result

AGAIN: Final = frozenset({429, 502, 503, 504})
LONGEST_WAIT: Final = 30.0
# Longer than the 8 s in which the product promises an answer.
TIMEOUT: Final = httpx2.Timeout(30.0, connect=5.0)

_receipt: Final = msgspec.json.Decoder(Receipt)


class EventsApi:
    """The product's ingest. Safe to use from several threads.

    Args:
        patience: seconds for which a batch is tried again while the product is away or busy.
        history: the events count as known when they happened (the header ``Radar-History``).
    """

    def __init__(
        self,
        http: httpx2.Client,
        *,
        history: bool,
        patience: float = 120.0,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._http = http
        self._patience = patience
        self._wait = wait
        self._headers = {
            "Content-Type": "application/x-ndjson",
            "Content-Encoding": "gzip",
            **({"Radar-History": "true"} if history else {}),
        }

    def send(self, lines: Sequence[bytes]) -> Receipt:
        """Send one request and return its receipt; a batch that is too large goes in halves.

        Raises:
            Stopped: the product refuses the request as a whole, or stayed away for too long.
        """
        response = self._post(gzip.compress(b"\n".join(lines), 1))
        if response.status_code == httpx2.codes.OK:
            return _read(response)
        if response.status_code == httpx2.codes.CONTENT_TOO_LARGE:
            if len(lines) == 1:
                refusal = Result(0, None, "rejected", said(response), "too_large")
                return Receipt(accepted=0, duplicate=0, rejected=1, results=(refusal,))
            half = len(lines) // 2
            return _joined(self.send(lines[:half]), self.send(lines[half:]), half)
        raise Stopped(f"The product answers {response.status_code}: {said(response)}")

    def _post(self, body: bytes) -> httpx2.Response:
        waited, attempt = 0.0, 0
        while True:
            try:
                response = self._http.post("/v1/events", content=body, headers=self._headers, timeout=TIMEOUT)
            except httpx2.TransportError as error:
                why, asked = f"it can't be reached ({type(error).__name__})", None
            else:
                if response.status_code not in AGAIN:
                    return response
                why, asked = f"it answers {response.status_code}", _retry_after(response)
            attempt += 1
            pause = asked if asked is not None else _back_off(attempt)
            if waited + pause > self._patience:
                raise Stopped(
                    f"Gave up on {self._http.base_url} after {waited:.0f} s: {why}. Run the same command again "
                    "later: what is there already counts as duplicate."
                )
            self._wait(pause)
            waited += pause


def _read(response: httpx2.Response) -> Receipt:
    try:
        return _receipt.decode(response.content)
    except msgspec.DecodeError as error:
        raise Stopped(
            f"{response.url} answers, but not as Renewal Radar does; is RADAR_URL right?"
        ) from error


def said(response: httpx2.Response) -> str:
    """Return the sentence in a problem, or something in its place."""
    try:
        return str(response.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return "no reason was given; is RADAR_URL the address of Renewal Radar?"


def _joined(left: Receipt, right: Receipt, offset: int) -> Receipt:
    moved = [msgspec.structs.replace(result, index=result.index + offset) for result in right.results]
    return Receipt(
        accepted=left.accepted + right.accepted,
        duplicate=left.duplicate + right.duplicate,
        rejected=left.rejected + right.rejected,
        results=[*left.results, *moved],
    )


def _retry_after(response: httpx2.Response) -> float | None:
    try:
        return max(0.0, float(response.headers["Retry-After"]))
    except (KeyError, ValueError):
        return None


def _back_off(attempt: int) -> float:
    jitter = random.uniform(0.7, 1.3)  # noqa: S311 - not a secret
    return min(LONGEST_WAIT, 0.25 * 2.0**attempt) * jitter
