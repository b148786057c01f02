"""Which causes a message names, and in what order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from radar_alerts.domain.cases.case import Signal
from radar_alerts.domain.messages.compose import compose_notice
from radar_alerts.domain.messages.leading_causes import cause_name, causes
from radar_alerts.domain.shared_texts import translator_in
from radar_vocabulary.contracts.health import CausePoints, HealthSnapshot
from radar_vocabulary.language.tags import LANGUAGES
from radar_vocabulary.reasons.causes import CAUSES
from tests.support.health import NOON
from tests.support.stories import COMPLAINT, DRIVERS, case, known, story

POINTS = st.dictionaries(st.sampled_from(sorted(CAUSES)), st.floats(-40, 20, allow_nan=False), max_size=8)
TICKET = Signal(
    rule="severe_ticket",
    version="t",
    opens=False,
    severity="high",
    playbook="support_trouble",
    raised_at=NOON,
)


def with_points(points: dict[str, float], **readings: float) -> HealthSnapshot:
    found = tuple(CausePoints(cause=name, points=value) for name, value in points.items())
    return structs.replace(known(drivers=(), **readings), causes=found)


@given(POINTS)
def test_at_most_three_are_named_worst_first_and_none_that_speaks_for_the_customer(points):
    named = causes(with_points(points))
    values = [points[one] for one in named]
    assert len(named) == min(3, sum(value < 0 for value in points.values()))
    assert values == sorted(values)
    assert all(value < 0 for value in values)
    left = [value for name, value in points.items() if name not in named and value < 0]
    assert not left or max(values) <= min(left)


@given(POINTS)
def test_an_open_complaint_comes_first_whatever_its_points(points):
    named = causes(with_points(points, open_complaints=1.0))
    assert named[0] == "support_trouble"
    assert len(named) == len(set(named)) <= 3


def test_an_account_silent_for_forty_days_with_a_severe_complaint_open_hears_of_the_complaint():
    notice = compose_notice(story(snapshot=known(drivers=(*DRIVERS, COMPLAINT))))
    assert notice.reasons[0].startswith("Support trouble: 1 severe ticket")
    assert notice.advice is not None
    assert notice.advice.startswith("Read the ticket or the complaint")


def test_a_signal_of_a_severe_ticket_tells_of_it_too():
    assert causes(known(), case(signals=(TICKET,)))[0] == "support_trouble"
    cleared = structs.replace(TICKET, cleared_at=NOON)
    assert causes(known(), case(signals=(cleared,)))[0] == "use_fading"


def test_a_cause_has_its_two_strongest_sentences():
    (line,) = [one for one in compose_notice(story()).reasons if one.startswith("Usage is fading")]
    assert line == "Usage is fading: Usage down 72% vs the previous 4 weeks. No activity for 40 days"


def test_a_snapshot_older_than_causes_names_its_worst_drivers():
    old = tuple(structs.replace(one, cause=None) for one in DRIVERS)
    notice = compose_notice(story(snapshot=structs.replace(known(drivers=old), causes=())))
    assert len(notice.reasons) == 3
    assert notice.reasons[0] == "Usage down 72% vs the previous 4 weeks"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cause_has_a_name_in_every_language(language):
    names = {cause_name(one, translator_in(language)) for one in CAUSES}
    assert len(names) == len(CAUSES)
