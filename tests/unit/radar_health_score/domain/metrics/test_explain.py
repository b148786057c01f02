"""Every driver is a sentence with its numbers."""

import pytest

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.metrics.behaviour import TREND_LIMIT
from radar_health_score.domain.metrics.catalogue import CATALOGUE
from radar_health_score.domain.metrics.explain import beside, sentence
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.scoring.scorecard_defaults import load_default_scorecards
from radar_health_score.domain.scoring.snapshot import build_snapshot
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.reasons.phrase import STOPPED_AT
from tests.support.health import NOON

SAMPLES = {
    "champion_silent": (0.0, 1.0),
    "usage_trend": (-3.0, -0.5, 0.0, 0.5),
    "north_star_trend": (-3.0, 0.4),
}
SCORED = sorted(
    {
        metric.name
        for card in load_default_scorecards().values()
        for part in card.dimensions
        for metric in part.metrics
    }
)


@pytest.mark.parametrize(
    ("metric", "value", "others", "text"),
    [
        ("usage_trend", -0.4155, {}, "Usage down 34% vs the previous 4 weeks"),
        ("usage_trend", 0.2, {}, "Usage up 22% vs the previous 4 weeks"),
        ("usage_trend", 0.001, {}, "Usage stable vs the previous 4 weeks"),
        ("usage_trend", -3.0, {}, "Usage stopped: none in the last 4 weeks"),
        ("days_since_last_activity", 23.0, {}, "No activity for 23 days"),
        ("days_since_last_activity", 1.0, {}, "No activity for 1 day"),
        ("days_since_last_activity", 0.0, {}, "Active today"),
        ("days_since_decision_maker", 41.0, {}, "The decision maker was last active 41 days ago"),
        ("seat_utilisation", 0.4, {"mau": 8.0, "seats": 20.0}, "8 of 20 seats used"),
        ("seat_utilisation", 0.4, {}, "40% of seats used"),
        (
            "activation_rate",
            0.5,
            {"activated_users": 1.0, "users_seen": 2.0},
            "1 of 2 users have used a key feature",
        ),
        ("key_feature_frequency", 2.5, {}, "Key features used 2.5 times a week"),
        ("invoices_overdue", 1.0, {}, "1 invoice is overdue"),
        ("invoices_overdue", 0.0, {}, "No invoices are overdue"),
        ("severe_open_tickets", 3.0, {}, "3 severe tickets are open"),
        ("seats_change", -0.25, {}, "Seats down 25% at the last renewal"),
        ("renewals_so_far", 1.0, {}, "Renewed 1 time"),
        ("nps_latest", 4.0, {}, "Latest NPS rating: 4 of 10 (detractor)"),
        ("regularity", 0.004, {}, "Used on under 1% of working days in the last 4 weeks"),
    ],
)
def test_sentences_read_like_a_person_said_them(metric, value, others, text):
    assert sentence(metric, value, others) == text


@pytest.mark.parametrize("metric", sorted(CATALOGUE))
def test_every_metric_has_words_for_good_and_bad_values(metric):
    for value in SAMPLES.get(metric, (0.0, 0.3, 1.0, 2.0, 40.0)):
        text = sentence(metric, value, {})
        assert 5 < len(text) < 90
        assert not text.endswith(".")


@pytest.mark.parametrize("metric", SCORED)
def test_a_good_and_a_bad_value_of_a_scored_metric_read_differently(metric):
    for card in load_default_scorecards().values():
        for part in card.dimensions:
            for scored in part.metrics:
                if scored.name == metric:
                    first, last = scored.curve.xs[0], scored.curve.xs[-1]
                    assert sentence(metric, first, {}) != sentence(metric, last, {})


def test_a_trend_that_stopped_is_as_low_as_a_trend_can_be():
    assert STOPPED_AT == -TREND_LIMIT


def test_a_sentence_carries_what_it_compares_with_as_far_as_it_is_known():
    readings = {"mau": 8.0, "seats": Missing("no contract is known"), "users_seen": 9.0}
    assert beside("seat_utilisation", readings) == {"mau": 8.0}
    assert beside("usage_trend", readings) == {}


def test_a_workspace_has_its_snapshots_in_its_own_language():
    facts = AccountFacts(
        account_id="acme", as_of=NOON, through=NOON.date(), first_event_at=NOON, last_event_at=NOON
    )
    card = load_default_scorecards()["long_tail"]
    told = build_snapshot(facts, card, WorkspaceSettings(language="ja"))
    assert told.language == "ja"
    assert told.drivers
    assert not any(driver.text.isascii() for driver in told.drivers)
