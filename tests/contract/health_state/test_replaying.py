"""A replay under what was in force then gives what was shown then, and another scorecard's word beside it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from radar_chassis.errors import NotFound
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.replay import ReplayPoint, Verdict
from radar_health_score.domain.scoring.scorecard_defaults import (
    built_in_scorecards,
    load_default_scorecards,
)
from radar_health_score.domain.scoring.scorecard_set import Scorecards
from radar_health_score.domain.scoring.scorecard_yaml import parse_scorecard
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.repositories.configuration_book import ConfigurationBook
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.health_lists import HealthLists
from radar_health_score.repositories.override_book import OverrideBook
from radar_health_score.repositories.scan_rows import ScanRows
from radar_health_score.service.scoring.configurations import Configurations, Registering
from radar_health_score.service.scoring.overrides import NewOverride, Overrides
from radar_health_score.service.scoring.replaying import Replaying, ScorecardChoice, always, as_it_was, one_of
from radar_health_score.service.scoring.scorer import ScorecardScorer
from radar_vocabulary.contracts.health import HealthSnapshot
from tests.support.health_state import NOON, event, used
from tests.support.scoring_rig import ALL, CONFIGURATION, Rig

DAY = timedelta(days=1)
MIDNIGHT = NOON + timedelta(hours=12)
DEFAULTS = load_default_scorecards()
STRICT = parse_scorecard(
    DEFAULTS["mid"]
    .text()
    .replace('"name": "mid"', '"name": "strict"')
    .replace('"healthy": 68', '"healthy": 90')
)
OWN = Configuration(
    scorecards=Scorecards.of([STRICT], DEFAULTS.values()),
    workspace=WorkspaceSettings(key_features=frozenset({"export"}), north_star={"default": "export"}),
)


class Company(Rig):
    """Some days in the life of two accounts, scored at each midnight, while settings change."""

    def live(self) -> None:
        for day in range(8):
            self._during(day)
            self.clock.set(MIDNIGHT + day * DAY)
            self.rescoring.pending(ALL)
            self.rescoring.sweep(ALL, timedelta(hours=1), 100)

    def _during(self, day: int) -> None:
        at = NOON + day * DAY - timedelta(hours=1)
        self.clock.set(at)
        if day != 5:
            self.state.fold(*(used("export", user=f"u{n}", at=at) for n in range(1 + day % 3)))
        if day == 1:
            mrr = {"amount": 2000.0, "currency": "EUR"}
            term = event("contract_updated", at=at, contract_id="c1", renews_on="2027-01-01", mrr=mrr)
            self.state.fold(term)
            self.state.fold(used("share", account="other", user="x", at=at))
        if day in {0, 3, 6}:
            self._configure(OWN if day == 3 else CONFIGURATION)
        if day == 4:
            self._set_by_hand()

    def _configure(self, configuration: Configuration) -> None:
        known = Configurations(current=configuration, book=ConfigurationBook())
        Registering(database=self.state.database, configurations=known, clock=self.clock)()
        self.rescoring.scorer = ScorecardScorer(configuration)
        self.rescoring.reader = self.state.reader.judging(configuration.workspace.is_key)

    def _set_by_hand(self) -> None:
        now = self.clock.now()
        wish = NewOverride(
            band="at_risk", score=10, author="Kim", reason="-", valid_from=None, expires_at=now + 2 * DAY
        )
        rows = FactRows(self.state.bulk)
        overrides = Overrides(database=self.state.database, rows=rows, book=OverrideBook(), clock=self.clock)
        overrides.put("acme", wish)

    def replaying(self) -> Replaying:
        rows = FactRows(self.state.bulk)
        return Replaying(
            database=self.state.database,
            rows=rows,
            scan=ScanRows(self.state.bulk),
            reader=self.state.reader,
            configurations=Configurations(current=CONFIGURATION, book=ConfigurationBook()),
        )

    def replayed(self, *choices: ScorecardChoice, account: str = "acme") -> list[ReplayPoint]:
        replaying = self.replaying()
        moments = [MIDNIGHT + day * DAY for day in range(8)]
        return list(replaying.points(replaying.account_nos([account]), moments, choices, lambda *_: None))

    def kept(self, account: str = "acme") -> list[HealthSnapshot]:
        with self.state.database.reading() as connection:
            row = self.state.reader.find(connection, account)
            assert row is not None
            return list(HealthLists().kept(connection, row.account_no, NOON - DAY, MIDNIGHT + 9 * DAY))


@pytest.fixture
def company(store_url: str) -> Iterator[Company]:
    rig = Company(store_url)
    rig.live()
    yield rig
    rig.state.close()


def test_what_was_in_force_then_gives_what_was_shown_then(company: Company) -> None:
    shown = {one.as_of: one for one in company.kept()}
    points = company.replayed(as_it_was())
    assert len(points) == 8
    assert {point.verdicts[0].scorecard for point in points} == {"mid", "long_tail", "strict"}
    assert [point.verdicts[0].by_hand is not None for point in points] == [False] * 4 + [True] * 2 + [
        False
    ] * 2
    for point in points:
        snapshot, verdict = shown[point.as_of], point.verdicts[0]
        assert (verdict.score, verdict.band, verdict.coverage) == (
            snapshot.score, snapshot.band, snapshot.coverage,
        )  # fmt: skip
        assert verdict.version == snapshot.scorecard.version
        points_shown = [(driver.metric, driver.points) for driver in snapshot.drivers]
        assert [(one.metric, one.points) for one in verdict.contributions] == points_shown


def test_an_account_has_no_points_before_it_was_known(company: Company) -> None:
    points = company.replayed(as_it_was(), account="other")
    assert [point.as_of for point in points] == [MIDNIGHT + day * DAY for day in range(1, 8)]


def test_a_named_scorecard_speaks_for_everybody_and_nobody_s_hand_is_seen(company: Company) -> None:
    both = company.replayed(always(STRICT), one_of(built_in_scorecards()))
    assert {point.verdicts[0].scorecard for point in both} == {"strict"}
    assert {point.verdicts[1].scorecard for point in both} == {"long_tail", "mid"}
    assert all(verdict.by_hand is None for point in both for verdict in point.verdicts)


def test_the_same_replay_gives_the_same_answer(company: Company) -> None:
    assert company.replayed(as_it_was(), always(STRICT)) == company.replayed(as_it_was(), always(STRICT))


def test_all_accounts_are_meant_where_none_is_named(company: Company) -> None:
    assert len(company.replaying().account_nos()) == 2
    assert company.replaying().account_nos(["other", "acme"]) == company.replaying().account_nos()
    with pytest.raises(NotFound, match="nobody"):
        company.replaying().account_nos(["acme", "nobody"])


def test_points_add_up_to_the_score(company: Company) -> None:
    def whole(verdict: Verdict) -> float:
        return verdict.neutral + sum(one.points for one in verdict.contributions) + (verdict.by_hand or 0)

    for point in company.replayed(as_it_was(), always(STRICT)):
        for verdict in point.verdicts:
            assert verdict.score is None or whole(verdict) == pytest.approx(verdict.score)
