"""Whatever a case has become, it can be told: in every language, whole, and as a notice that can be stored."""

from datetime import timedelta
from typing import get_args

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from radar_alerts.domain.cases.case import Actor
from radar_alerts.domain.cases.decision import AnnouncementKind
from radar_alerts.domain.messages.compose import compose_notice
from radar_alerts.domain.messages.digest import compose_digest
from radar_alerts.domain.messages.story import DigestItem
from radar_alerts.domain.notice import Notice, plain
from radar_vocabulary.contracts.alerts import CaseKind, CaseState
from radar_vocabulary.language.tags import LANGUAGES
from tests.support.health import NOON
from tests.support.stories import ANN, COMPLAINT, DRIVERS, RISK, SILENT, case, due, known, story, term, told

RENEWALS = st.none() | st.builds(
    due,
    days=st.integers(-30, 200),
    source=st.sampled_from(["model", "scorecard", "told"]),
    notice_in=st.none() | st.integers(-5, 5),
    probability=st.floats(0, 1),
)
SNAPSHOTS = st.builds(
    known,
    st.none() | st.floats(0, 100),
    st.lists(st.sampled_from([*DRIVERS, COMPLAINT]), unique_by=lambda one: one.metric).map(tuple),
    name=st.sampled_from([None, "Acme", "{odd}"]),
    terms=st.sampled_from([(), (term("renewed"),), (term("churned"),)]),
)
ENDS = ("renewed", "lost", "recovered", "dismissed")
CASES = st.builds(
    lambda state, by, **given: case(state, ended_by=by if state in ENDS else None, **given),
    st.sampled_from(get_args(CaseState)),
    st.sampled_from([None, ANN, Actor(name="desk", claim="Ann")]),
    kind=st.sampled_from(get_args(CaseKind)),
    notice_given=st.booleans(),
    signals=st.sampled_from([(), (RISK,), (RISK, SILENT)]),
    last_notice=st.sampled_from([None, told(), told(source="model")]),
    announced_at=st.sampled_from([None, NOON - timedelta(days=3)]),
)
KINDS = st.sampled_from(get_args(AnnouncementKind))
TOLD = st.sampled_from([(), ("Ann",), ("Ann", "Bo")])


@given(KINDS, CASES, RENEWALS, SNAPSHOTS, TOLD, st.sampled_from(LANGUAGES))
def test_any_story_can_be_told(kind, about, renewal, snapshot, names, language):
    given = {"renewal": renewal, "snapshot": snapshot, "told": names, "language": language}
    notice = compose_notice(story(kind, about, **given))
    assert notice.headline
    assert notice.lead
    assert len(notice.reasons) <= 3
    assert "{" not in plain(notice).replace("{odd}", "")
    assert msgspec.json.decode(msgspec.json.encode(notice), type=Notice) == notice
    if about.state not in {"open", "acknowledged", "snoozed"}:
        assert notice.advice is None
        assert notice.actions == ()


@given(
    st.lists(st.tuples(KINDS, CASES, RENEWALS, SNAPSHOTS), min_size=1, max_size=4), st.sampled_from(LANGUAGES)
)
def test_any_digest_can_be_told(stories, language):
    items = [
        DigestItem(kind=kind, case=about, renewal=renewal, snapshot=snapshot)
        for kind, about, renewal, snapshot in stories
    ]
    notice = compose_digest(items, console=None, language=language)
    assert len(notice.items) == len(items)
    assert "{" not in plain(notice).replace("{odd}", "")
