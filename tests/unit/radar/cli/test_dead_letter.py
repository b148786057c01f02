"""``radar dead-letter replay`` goes on until every letter was tried."""

import json
from typing import Any

import httpx2
import msgspec
import pytest

from radar.cli.dead_letter import REPLAYED_AT_ONCE, _replay_all, _replay_matching
from radar_vocabulary.answers.dead_letters import ReplayAnswer
from tests.support.samples import sample


class Letters:
    """The product's side: the oldest first, those never tried before the others; every tenth stays bad."""

    def __init__(self, count: int) -> None:
        self.tries = dict.fromkeys(map(str, range(count)), 0)
        self.replayed: set[str] = set()

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        wish = json.loads(request.content)
        parked = sorted(self.tries.keys() - self.replayed, key=lambda one: (self.tries[one], int(one)))
        chosen = wish.get("ids") or parked[: wish["limit"]]
        assert len(chosen) <= REPLAYED_AT_ONCE
        results: list[dict[str, Any]] = []
        for one in chosen:
            self.tries[one] += 1
            good = int(one) % 10 != 0
            if good:
                self.replayed.add(one)
            results.append({"id": one, "state": "replayed" if good else "parked", "reason": None})
        return httpx2.Response(200, content=msgspec.json.encode(sample(ReplayAnswer, results=results)))

    def http(self) -> httpx2.Client:
        return httpx2.Client(base_url="http://radar", transport=httpx2.MockTransport(self.answer))


@pytest.mark.parametrize("count", [0, 7, 500, 501, 1_730, 6_000])
def test_every_letter_of_a_step_is_tried_however_many_there_are(count: int) -> None:
    letters = Letters(count)
    answer = _replay_matching(letters.http(), {"step": "score"})
    bad = (count + 9) // 10
    assert (answer.replayed, answer.parked) == (count - bad, bad)
    assert all(letters.tries.values())


def test_ids_go_in_requests_of_a_size_that_the_product_takes() -> None:
    letters = Letters(1_200)
    assert _replay_all(letters.http(), list(letters.tries)).replayed == 1_080
