"""A driver's change is one sentence: how it is now, and how it was before."""

import pytest

from radar_health_score.domain.scoring.change_text import driver_change_sentence
from radar_vocabulary.contracts.health import Driver


def driver(text):
    return Driver(metric="m", dimension="users", value=1, unit="users", points=1, text=text)


@pytest.mark.parametrize(
    ("before", "now", "counted", "counts", "text"),
    [
        (
            "Active today",
            "No activity for 3 days",
            True,
            True,
            "No activity for 3 days; before: active today",
        ),
        ("MRR is 5", "MRR is 7", True, True, "MRR is 7; before: MRR is 5"),
        ("Active today", "Active today", True, True, "Active today"),
        (None, "Active today", True, True, "Active today; before: no data"),
        (None, "Active today", False, True, "Active today; before: not in the scorecard"),
        ("Active today", None, True, True, "Active today; now: no data"),
        ("Active today", None, True, False, "Active today; now: not in the scorecard"),
        (None, None, True, True, ""),
    ],
)
def test_now_comes_first_and_what_is_missing_is_named(before, now, counted, counts, text):
    drivers = (driver(one) if one else None for one in (before, now))
    assert driver_change_sentence(*drivers, counted, counts) == text
