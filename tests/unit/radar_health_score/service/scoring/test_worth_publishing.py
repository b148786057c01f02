from datetime import timedelta

import msgspec
import pytest

from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.service.scoring.worth_publishing import worth_publishing
from radar_vocabulary.contracts.health import AccountRef, Revenue, ScorecardRef, TermRecord
from tests.support.health import NOON, renewal, snapshot

DAYS = WorkspaceDays()
KEPT = snapshot(50.0)
HOUR = timedelta(hours=1)


def test_the_first_snapshot_is_kept() -> None:
    assert worth_publishing(None, KEPT, DAYS)


def test_a_change_too_small_to_see_is_not_kept() -> None:
    assert not worth_publishing(KEPT, snapshot(50.04, as_of=NOON + HOUR), DAYS)


def test_every_day_has_one() -> None:
    assert worth_publishing(KEPT, snapshot(50.0, as_of=NOON + 12 * HOUR), DAYS)


@pytest.mark.parametrize(
    "changed",
    [
        snapshot(50.06),
        snapshot(None),
        snapshot(50.0, contract=None),
        snapshot(50.0, contract=renewal("c2")),
        snapshot(50.0, segment="mid"),
        snapshot(50.0, owner=None),
        msgspec.structs.replace(KEPT, account=AccountRef(name="Acme AG")),
        msgspec.structs.replace(KEPT, scorecard=ScorecardRef(name="key", version="4", neutral=60.0)),
        msgspec.structs.replace(KEPT, band="at_risk"),
        msgspec.structs.replace(
            KEPT, terms=(TermRecord(term_id="c1:1:1", contract_id="c1", outcome="renewed"),)
        ),
        msgspec.structs.replace(KEPT, renewals=(renewal("c1"), renewal("c2"))),
        msgspec.structs.replace(KEPT, revenue=(Revenue(currency="EUR", arr=1.0, arr_at_risk=None),)),
    ],
)
def test_what_a_reader_would_notice_is_kept(changed: object) -> None:
    assert worth_publishing(KEPT, changed, DAYS)  # type: ignore[arg-type]
