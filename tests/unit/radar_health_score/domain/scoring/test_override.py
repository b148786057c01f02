"""What is shown where a person has set it, and what the scorecard says beside it."""

from dataclasses import replace
from datetime import timedelta
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.override_acts import OverrideAct
from radar_health_score.domain.scoring.override_text import override_change_sentence, override_sentence
from radar_health_score.domain.scoring.scorecard_defaults import load_default_scorecards
from radar_health_score.domain.scoring.snapshot import build_snapshot
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.health import decode_snapshot, encode_snapshot
from tests.support.account_histories import CONTRACT, NOW, accounts, ago
from tests.support.reference_facts import Use, facts_from

CARD = load_default_scorecards()["mid"]
RULES = WorkspaceSettings()
BUSY = facts_from([Use(at=ago(day, 10)) for day in range(1, 60)], NOW, contracts=(CONTRACT,))


def by_hand(facts, band=None, score=None):
    act = OverrideAct(
        number=1, known_at=ago(1), valid_from=ago(1), expires_at=NOW + timedelta(days=9),
        band=band, score=score, author="Kim", reason="We spoke",
    )  # fmt: skip
    return build_snapshot(replace(facts, overrides=(act,)), CARD, RULES)


@given(accounts(), st.sampled_from([None, "healthy", "at_risk"]), st.one_of(st.none(), st.floats(0, 100)))
def test_drivers_and_what_was_set_add_up_to_what_is_shown(facts, band, score):
    said, shown = build_snapshot(facts, CARD, RULES), by_hand(facts, band, score)
    if band is None and score is None:
        assert shown == said
        return
    override = shown.override
    assert (override.scorecard_band, override.scorecard_score) == (said.band, said.score)
    assert (shown.drivers, shown.renewal, shown.coverage) == (said.drivers, said.renewal, said.coverage)
    assert shown.score == (said.score if score is None else score)
    assert shown.band == (band or CARD.band_of(score))
    whole = shown.scorecard.neutral + fsum(one.points for one in shown.drivers) + override.points
    assert whole == pytest.approx(shown.scorecard.neutral if shown.score is None else shown.score, abs=1e-6)


def test_it_survives_the_topic():
    snapshot = by_hand(BUSY, "at_risk", 12.5)
    assert decode_snapshot(encode_snapshot(snapshot)) == snapshot


def test_it_has_words():
    band, score = by_hand(BUSY, "at_risk").override, by_hand(BUSY, score=90).override
    assert override_sentence(band) == "Kim set the band to at risk until 10 June 2026: We spoke"
    assert override_sentence(score) == "Kim set the score to 90 (healthy) until 10 June 2026: We spoke"
    assert override_change_sentence(None, None) == ""
    assert override_change_sentence(band, band) == override_sentence(band)
    assert override_change_sentence(band, None) == f"{override_sentence(band)}; now: no manual override"
    assert (
        override_change_sentence(band, score)
        == f"{override_sentence(score)}; before: {override_sentence(band)}"
    )
