"""A replay's points go out while they are found, and only what is asked for is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from radar.replay import run
from radar.replay.run import ReplayRequest, Take, replayed
from radar.settings import Settings
from radar_chassis.errors import NotFound
from radar_health_score.domain.scoring.replay import ReplayPoint, Verdict

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ASKED = ReplayRequest(moments=[NOW], account_ids=(), scorecards=("then",), movers=10)
BOTH = ReplayRequest(moments=[NOW], account_ids=(), scorecards=("then", "current"), movers=10)


def point(account: str, back: int, verdicts: int = 1) -> ReplayPoint:
    verdict = Verdict(
        scorecard="one", version="1", score=50.0 + back, band="watch", coverage=1.0, neutral=50.0, contributions=()
    )  # fmt: skip
    return ReplayPoint(account_id=account, as_of=NOW - timedelta(days=back), verdicts=(verdict,) * verdicts)


def quiet(_done: int, _all: int) -> None:
    return


class Paper:
    """A sink that remembers what was taken, and whether it is open."""

    def __init__(self) -> None:
        self.taken: list[ReplayPoint] = []
        self.opened = 0

    @contextmanager
    def __call__(self) -> Iterator[Take]:
        self.opened += 1
        yield self.taken.append


def test_a_point_is_written_before_the_next_but_one_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    paper, points = Paper(), [point(account, back) for account in ("a", "b") for back in (2, 1, 0)]

    def found(*_: Any) -> Iterator[ReplayPoint]:
        for n, one in enumerate(points):
            assert len(paper.taken) >= n - 1
            yield one

    monkeypatch.setattr(run, "_points", found)
    done = replayed(Settings(), ASKED, quiet, sink=paper, keep=False)
    assert paper.taken == points
    assert (list(done.points), done.scores, done.accounts, done.comparison) == ([], 6, 2, None)


def test_two_scorecards_are_compared_without_keeping_a_point(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        run, "_points", lambda *_: iter([point("a", 1, 2), point("a", 0, 2), point("b", 0, 2)])
    )
    done = replayed(Settings(), BOTH, quiet, keep=False)
    assert not done.points
    assert done.comparison is not None
    assert (done.comparison.points, done.comparison.accounts) == (3, 2)
    assert len(replayed(Settings(), BOTH, quiet).points) == 3


def test_nothing_is_begun_where_the_account_can_not_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*_: Any) -> Iterator[ReplayPoint]:
        yield from ()
        raise NotFound("No event of the account nobody has arrived yet; check its id.")

    paper = Paper()
    monkeypatch.setattr(run, "_points", found)
    with pytest.raises(NotFound):
        replayed(Settings(), ASKED, quiet, sink=paper)
    assert paper.opened == 0
