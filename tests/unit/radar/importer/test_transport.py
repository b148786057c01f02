"""Sending: tried again where that makes sense, in halves where it is too much, given up with a sentence."""

import gzip
from collections.abc import Callable

import httpx2
import pytest

from radar.importer.errors import Stopped
from radar.importer.transport import EventsApi

Answer = Callable[[list[bytes]], httpx2.Response]


class Ingest:
    """Plays the product: answers from a list, then accepts everything."""

    def __init__(self, *answers: httpx2.Response | Exception, most: int = 1_000) -> None:
        self.answers = list(answers)
        self.most = most
        self.taken: list[bytes] = []
        self.requests: list[httpx2.Request] = []
        self.pauses: list[float] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer
        lines = gzip.decompress(request.content).splitlines()
        if len(lines) > self.most:
            return httpx2.Response(413, json={"detail": "Send less at a time."})
        self.taken += lines
        results = [
            {"index": index, "event_id": None, "status": "rejected" if b"bad" in line else "accepted"}
            for index, line in enumerate(lines)
        ]
        bad = sum(result["status"] == "rejected" for result in results)
        counts = {"accepted": len(lines) - bad, "duplicate": 0, "rejected": bad}
        return httpx2.Response(200, json={**counts, "results": results})

    def api(self, *, history: bool = False, patience: float = 60.0) -> EventsApi:
        http = httpx2.Client(base_url="http://radar", transport=httpx2.MockTransport(self))
        return EventsApi(http, history=history, patience=patience, wait=self.pauses.append)


def test_a_batch_is_sent_as_gzip_ndjson() -> None:
    ingest = Ingest()
    assert ingest.api().send([b"1", b"2"]).accepted == 2
    assert ingest.requests[0].headers["content-type"] == "application/x-ndjson"
    assert "radar-history" not in ingest.requests[0].headers


def test_history_says_so() -> None:
    ingest = Ingest()
    ingest.api(history=True).send([b"1"])
    assert ingest.requests[0].headers["radar-history"] == "true"


def test_what_is_busy_or_away_is_tried_again_after_the_pause_it_asks_for() -> None:
    ingest = Ingest(
        httpx2.Response(429, headers={"Retry-After": "7"}),
        httpx2.Response(503, headers={"Retry-After": "2"}),
        httpx2.ConnectError("refused"),
        httpx2.ReadTimeout("no answer"),
        httpx2.Response(502),
    )
    assert ingest.api().send([b"1"]).accepted == 1
    assert ingest.pauses[:2] == [7.0, 2.0]
    assert all(0 < pause <= 40 for pause in ingest.pauses[2:])
    assert ingest.taken == [b"1"]


def test_patience_ends_with_a_sentence() -> None:
    ingest = Ingest(*[httpx2.Response(503, headers={"Retry-After": "5"})] * 10)
    with pytest.raises(Stopped, match="after 10 s: it answers 503") as told:
        ingest.api(patience=12).send([b"1"])
    assert "counts as duplicate" in told.value.detail


def test_too_much_goes_in_halves_and_keeps_its_order_and_its_places() -> None:
    ingest = Ingest(most=2)
    lines = [b"0", b"1", b"2", b"bad", b"4"]
    receipt = ingest.api().send(lines)
    assert ingest.taken == lines
    assert (receipt.accepted, receipt.rejected) == (4, 1)
    assert [result.index for result in receipt.results if result.status == "rejected"] == [3]


def test_one_record_that_is_too_large_is_a_rejection_not_an_end() -> None:
    receipt = Ingest(most=0).api().send([b"1"])
    assert receipt.rejected == 1
    assert receipt.results[0].reason == "Send less at a time."


@pytest.mark.parametrize("status", [401, 403, 415, 500])
def test_a_refusal_stops_with_its_reason(status: int) -> None:
    ingest = Ingest(httpx2.Response(status, json={"detail": "This key may not."}))
    with pytest.raises(Stopped, match=f"{status}: This key may not"):
        ingest.api().send([b"1"])


@pytest.mark.parametrize("answer", [httpx2.Response(200, text="hello"), httpx2.Response(404, text="<html>")])
def test_another_server_is_recognised(answer: httpx2.Response) -> None:
    with pytest.raises(Stopped, match="RADAR_URL"):
        Ingest(answer).api().send([b"1"])
