"""Health set by hand: shown at once, until it expires, in the past as it was known then."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from radar_chassis.errors import InvalidRequest, NotFound
from radar_health_score.domain.scoring.snapshot import build_snapshot
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.override_book import OverrideBook
from radar_health_score.service.scoring.overrides import NewOverride, Overrides
from tests.support.health_state import NOON, used
from tests.support.scoring_rig import ALL, CONFIGURATION, HOUR, Rig, kept

DAY = timedelta(days=1)


class ByHand(Rig):
    """Scoring, and a person who knows better."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        rows = FactRows(self.state.bulk)
        self.overrides = Overrides(
            database=self.state.database, rows=rows, book=OverrideBook(), clock=self.clock
        )
        self.state.fold(*(used("export", user=f"u{n}", at=NOON - n * DAY) for n in range(20)))
        self.rescoring.pending(ALL)

    def put(self, *, days: float = 10, **wish: Any) -> Any:
        asked = {
            "band": None,
            "score": None,
            "author": "Kim",
            "reason": "Their champion left",
            "valid_from": None,
            "expires_at": self.clock.now() + days * DAY,
        }
        return self.overrides.put("acme", NewOverride(**{**asked, **wish})).override

    def shown(self) -> Any:
        self.rescoring.pending(ALL)
        latest = self.latest()
        assert latest is not None
        return latest

    def states(self) -> list[str]:
        return [one.state for one in self.overrides.history("acme").items]

    def band_at(self, moment: datetime) -> tuple[str, str]:
        """The band of a past moment by both ways there are."""
        ways = (self.state.facts(moment), self.state.facts_from_history(moment))
        card = CONFIGURATION.scorecard_for(ways[0])
        first, second = (build_snapshot(facts, card, CONFIGURATION.workspace).band for facts in ways)
        return first, second


@pytest.fixture
def by_hand(store_url: str) -> Iterator[ByHand]:
    rig = ByHand(store_url)
    yield rig
    rig.state.close()


def test_what_is_set_is_shown_at_once_with_what_the_scorecard_says(by_hand: ByHand) -> None:
    before = by_hand.shown()
    by_hand.clock.advance(HOUR)
    line = by_hand.put(band="at_risk", score=12.5)
    assert (line.state, line.known_at, line.valid_from) == ("in_force", NOON + 2 * HOUR, NOON + 2 * HOUR)
    shown = by_hand.shown()
    assert (shown.band, shown.score) == ("at_risk", 12.5)
    override = shown.override
    assert (override.scorecard_band, override.scorecard_score) == (before.band, before.score)
    assert override.points == pytest.approx(12.5 - before.score)
    assert (override.author, override.reason) == ("Kim", "Their champion left")
    assert kept(by_hand.topic.records[-1]) == shown


def test_a_band_alone_leaves_the_score_and_a_score_alone_finds_its_band(by_hand: ByHand) -> None:
    before = by_hand.shown()
    by_hand.put(band="healthy")
    shown = by_hand.shown()
    assert (shown.band, shown.score, shown.override.points) == ("healthy", before.score, 0)
    by_hand.put(score=3)
    assert (by_hand.shown().band, by_hand.shown().score) == ("at_risk", 3)
    assert by_hand.shown().drivers == before.drivers


def test_it_ends_by_the_clock_though_nothing_happens(by_hand: ByHand) -> None:
    said = by_hand.shown()
    by_hand.put(band="at_risk", days=0.25)
    assert by_hand.shown().band == "at_risk"
    by_hand.clock.advance(0.25 * DAY)
    assert by_hand.rescoring.sweep(ALL, 9 * DAY, 100) == 1
    shown = by_hand.shown()
    assert (shown.band, shown.override) == (said.band, None)
    assert by_hand.rescoring.sweep(ALL, 9 * DAY, 100) == 0
    assert by_hand.states() == ["over"]


def test_it_may_begin_later(by_hand: ByHand) -> None:
    by_hand.put(band="at_risk", valid_from=by_hand.clock.now() + DAY)
    assert by_hand.shown().override is None
    assert by_hand.states() == ["scheduled"]
    by_hand.clock.advance(DAY)
    assert by_hand.rescoring.sweep(ALL, 9 * DAY, 100) == 1
    assert by_hand.shown().band == "at_risk"


def test_a_later_one_takes_the_place_of_an_earlier_one_and_a_withdrawal_of_both(by_hand: ByHand) -> None:
    said = by_hand.shown().band
    by_hand.put(band="at_risk")
    by_hand.put(band="unknown", author="Lee")
    assert by_hand.shown().band == "unknown"
    assert by_hand.states() == ["in_force", "over"]
    assert by_hand.overrides.withdraw("acme", "Kim", "All is well").override is None
    assert (by_hand.shown().band, by_hand.shown().override) == (said, None)
    assert by_hand.states() == ["withdrawal", "over", "over"]
    with pytest.raises(NotFound, match="no manual override"):
        by_hand.overrides.withdraw("acme", "Kim", "")


def test_the_past_has_what_was_known_then(by_hand: ByHand) -> None:
    begin = by_hand.clock.now()
    said = by_hand.shown().band
    by_hand.clock.advance(2 * DAY)
    by_hand.put(band="at_risk", valid_from=begin - DAY, days=3)
    by_hand.clock.advance(DAY)
    by_hand.overrides.withdraw("acme", "Kim", "")
    by_hand.clock.advance(9 * DAY)
    assert by_hand.band_at(begin + DAY) == (said, said)
    assert by_hand.band_at(begin + 2.5 * DAY) == ("at_risk", "at_risk")
    assert "at_risk" not in by_hand.band_at(begin + 3.5 * DAY)


def test_saying_the_same_again_changes_nothing(by_hand: ByHand) -> None:
    until = by_hand.clock.now() + DAY
    by_hand.put(band="watch", expires_at=until)
    by_hand.put(band="watch", expires_at=until)
    assert by_hand.states() == ["in_force"]


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({}, "Give a `band`"),
        ({"band": "watch", "days": -1}, "`expires_at` must be in the future"),
        ({"band": "watch", "valid_from": NOON + 20 * DAY}, "`expires_at` must be in the future"),
        ({"band": "watch", "days": 400}, "lasts 366 days at most"),
        ({"band": "watch", "valid_from": NOON - 400 * DAY}, "lasts 366 days at most"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    by_hand: ByHand, wish: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InvalidRequest, match=sentence):
        by_hand.put(**wish)
    assert by_hand.states() == []


def test_an_account_nobody_knows_is_not_found(by_hand: ByHand) -> None:
    with pytest.raises(NotFound):
        by_hand.overrides.current("nobody")
