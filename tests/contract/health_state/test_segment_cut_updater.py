"""The portfolio's cut on both databases: one process makes it, all take it up, and the past keeps its own."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.scorecard_defaults import built_in_scorecards
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.domain.workspace.segment_cut import Cut
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.repositories.configuration_book import ConfigurationBook
from radar_health_score.repositories.segment_book import CutBook
from radar_health_score.service.scoring.configurations import Configurations
from radar_health_score.service.scoring.segment_cut_updater import SegmentCutUpdater
from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_state import NOON, event
from tests.support.scoring_rig import ALL, Rig

DAY = timedelta(days=1)
PARETO = WorkspaceSettings(segments="pareto", exchange=Rates(currency="EUR", rates={"USD": 0.5}))


class Process:
    """What one process of several knows of the cut."""

    def __init__(self, rig: Rig, workspace: WorkspaceSettings = PARETO) -> None:
        configuration = Configuration(scorecards=built_in_scorecards(), workspace=workspace)
        self.configurations = Configurations(current=configuration, book=ConfigurationBook())
        self.adopted = 0
        self.keep = SegmentCutUpdater(
            database=rig.state.database,
            book=CutBook(),
            configurations=self.configurations,
            clock=rig.clock,
            adopted=self._adopt,
        )

    def look(self) -> None:
        """Do what a process does every few seconds, twice: once is not enough to see that all is at rest."""
        self.keep()
        self.keep()

    def _adopt(self) -> None:
        self.adopted += 1

    @property
    def cuts(self) -> dict[str, Cut]:
        return dict(self.configurations.current.workspace.cuts)

    def at(self, rig: Rig, moment: datetime) -> dict[str, Cut]:
        with rig.state.database.reading() as connection:
            return dict(self.configurations.at(connection, moment).workspace.cuts)


@pytest.fixture
def rig(store_url: str) -> Iterator[Rig]:
    rig = Rig(store_url)
    yield rig
    rig.state.close()


def paying(account: str, mrr: float, currency: str = "EUR", at: datetime = NOON) -> EventRecord:
    return event(
        "contract_updated",
        account=account,
        at=at,
        contract_id="c1",
        renews_on=(NOON + 200 * DAY).date(),
        mrr={"amount": mrr, "currency": currency},
    )


def portfolio(rig: Rig, *mrrs: float, name: str = "a") -> None:
    now = rig.clock.now()
    told = [paying(f"{name}{number}", mrr, at=now) for number, mrr in enumerate(mrrs)]
    rig.state.fold(*told, logged=now)
    rig.rescoring.pending(ALL)


def test_the_largest_that_bring_four_fifths_are_key(rig: Rig) -> None:
    process = Process(rig)
    process.look()
    assert (process.cuts, process.adopted) == ({}, 0)
    portfolio(rig, 60.0, 25.0, 10.0, 3.0, 2.0)
    process.look()
    assert process.cuts == {"EUR": Cut(key=300.0, mid=120.0)}
    assert process.adopted == 1
    process.look()
    assert process.adopted == 1


def test_money_with_a_rate_is_cut_in_the_workspace_s_currency_and_other_money_by_itself(rig: Rig) -> None:
    rig.state.fold(paying("a", 60.0), paying("b", 50.0, "USD"), paying("c", 1.0), paying("d", 9.0, "JPY"))
    rig.rescoring.pending(ALL)
    process = Process(rig)
    process.look()
    assert process.cuts == {"EUR": Cut(key=300.0, mid=300.0), "JPY": Cut(key=108.0, mid=108.0)}


def test_one_process_makes_the_cut_and_the_others_take_it_up(rig: Rig) -> None:
    portfolio(rig, 60.0, 25.0, 10.0, 3.0, 2.0)
    first, second = Process(rig), Process(rig)
    first.look()
    assert second.keep.take_up()
    second.look()
    assert second.cuts == first.cuts
    assert rig.count("segment_cuts") == 1
    assert Process(rig, WorkspaceSettings(segments="fixed")).keep.take_up() is False


def test_while_accounts_are_coming_in_no_cut_is_made(rig: Rig) -> None:
    process = Process(rig)
    for batch in range(4):
        portfolio(rig, *(float(10 + number) for number in range(20)), name=f"b{batch}-")
        process.keep()
        assert process.cuts == {}
    process.keep()
    assert process.cuts["EUR"].key == 12 * 16.0


def test_of_two_that_look_at_the_same_time_one_makes_the_cut(rig: Rig) -> None:
    portfolio(rig, 60.0, 25.0, 10.0, 3.0, 2.0)
    book = CutBook()
    with rig.state.database.transaction() as connection:
        now = book.look(connection, NOON)
        assert book.claim(connection, None, now)
        assert not book.claim(connection, None, now)
        later = book.look(connection, NOON + DAY)
        assert book.claim(connection, now, later)
        assert not book.claim(connection, now, book.look(connection, NOON + 2 * DAY))
        assert book.last_look(connection) == later


def test_the_cut_stays_while_the_portfolio_does_and_moves_when_it_has_grown(rig: Rig) -> None:
    portfolio(rig, *(float(100 - number) for number in range(50)))
    process = Process(rig)
    process.look()
    before = process.cuts
    portfolio(rig, 99.0, name="b")
    rig.clock.advance(2 * DAY)
    process.look()
    assert process.cuts == before
    portfolio(rig, 90_000.0, name="c")
    process.look()
    assert process.cuts["EUR"].key == 12 * 90_000.0


def test_the_past_is_judged_by_the_cut_that_was_in_force(rig: Rig) -> None:
    portfolio(rig, 60.0, 25.0, 10.0, 3.0, 2.0)
    process = Process(rig)
    process.look()
    first = process.cuts
    rig.clock.advance(10 * DAY)
    portfolio(rig, 5_000.0, name="b")
    process.look()
    assert process.cuts != first
    again = Process(rig)
    again.keep.take_up()
    assert again.cuts == process.cuts
    assert again.at(rig, rig.clock.now() - DAY) == first
    assert again.at(rig, rig.clock.now()) == process.cuts


def test_the_smallest_key_account_is_key_however_its_sum_is_rounded(rig: Rig) -> None:
    rig.state.fold(paying("a", 0.1, "USD"), paying("b", 100.0 / 3, "USD"), paying("c", 41.3, "USD"))
    rig.rescoring.pending(ALL)
    process = Process(rig)
    process.look()
    cut = process.cuts["EUR"]
    assert cut.segment(12 * (100.0 / 3 * 0.5)) == "key"
    assert cut.segment((12 * 100.0 / 3) * 0.5) == "key"
