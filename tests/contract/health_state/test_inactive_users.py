"""People who are long gone aren't read, and a score is the same as if they were, whatever the fold does meanwhile."""

import random
from datetime import timedelta

import pytest
from pyroaring import BitMap

from radar_chassis.clock import ManualClock
from radar_health_score.domain.account.inactive_counts import NO_INACTIVE_USERS
from radar_health_score.domain.account.inactive_users import InactiveUsers, inactive_users
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.repositories.fold_store import FoldStore
from radar_health_score.service.state import inactive_users_cache
from radar_health_score.service.state.facts import FactsReader
from radar_health_score.service.state.folding import Folder
from radar_health_score.service.state.inactive_users_cache import InactiveUsersCache
from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_state import NOON, State, event, used

RULES = WorkspaceSettings()
START = NOON - timedelta(days=1_200)


class Company(State):
    """A state whose scorer remembers who is gone."""

    def __init__(self, url: str) -> None:
        self.clock = ManualClock(START)
        super().__init__(url, clock=self.clock)
        self.inactive = InactiveUsersCache()
        self.folder = Folder(FoldStore(self.bulk), self.days, clock=self.clock, inactive=self.inactive)
        self.brief = self.reader.counting(self.inactive)

    def take(self, *records: EventRecord) -> None:
        self.fold(*records)
        self.folder.committed()

    def read(self, reader: FactsReader) -> Readings:
        with self.database.reading() as connection:
            (known,) = reader.read_now(connection, [1], self.clock.now())
        self.listed = len(known.facts.people)
        return measure(known.facts, RULES)

    def agree(self) -> None:
        assert self.read(self.brief) == self.read(self.reader)


@pytest.fixture
def company(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Company:
    monkeypatch.setattr(inactive_users_cache, "WORTH_IT", 1)
    return Company(store_url)


def test_any_story_of_comings_and_goings_is_scored_as_if_everybody_was_read(company: Company) -> None:
    chance = random.Random(7)
    counted = 0
    for _ in range(120):
        company.clock.advance(timedelta(days=chance.choice([1, 1, 5, 40])))
        now = company.clock.now()
        # Few are there at a time; now and then somebody long gone is back, is told of, or is told of late.
        young = int((now - START).days / 60)
        records = [
            used(
                "report", user=f"u{young + chance.randrange(4)}", at=now - timedelta(days=chance.randrange(3))
            )
            for _ in range(chance.randrange(1, 5))
        ]
        if chance.random() < 0.3:
            who = f"u{chance.randrange(young + 4)}"
            late = now - timedelta(days=chance.choice([0, 300, 500, 900]))
            left = (now - timedelta(days=1)).isoformat()
            records.append(
                chance.choice(
                    [
                        used("export", user=who, at=late, known=now),
                        event("user_updated", user=who, at=now, role="executor"),
                        event("user_updated", user=who, at=now, role="decision_maker"),
                        event("user_updated", user=who, at=now, left_at=left),
                    ]
                )
            )
        company.take(*records)
        company.agree()
        company.agree()
        counted += company.inactive.of(1, company.days.through(now)) is not None
    assert counted > 30
    company.close()


def test_a_fold_under_way_is_noticed(company: Company) -> None:
    company.take(*(used("report", user=f"u{number}", at=START) for number in range(5)))
    company.clock.advance(timedelta(days=500))
    company.take(used("report", user="new", at=company.clock.now()))
    company.agree()
    assert company.inactive.of(1, company.days.through(company.clock.now())) is not None
    kept = company.inactive
    # Somebody is back, and the count of before is still there: as between the commit and the word of it.
    company.inactive = InactiveUsersCache()
    company.folder = Folder(
        FoldStore(company.bulk), company.days, clock=company.clock, inactive=company.inactive
    )
    company.take(used("report", user="u3", at=company.clock.now()))
    assert kept.of(1, company.days.through(company.clock.now())) is not None
    company.agree()
    company.close()


def test_a_count_that_was_begun_before_a_change_is_not_kept() -> None:
    gone = InactiveUsersCache()
    begun = gone.generation
    gone.invalidate([7])
    gone.remember(1, inactive_users((), 700_000), begun)
    assert gone.of(1, 700_000) is None


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inactive_users_cache, "WORTH_IT", 1)
    gone = InactiveUsersCache(most=25)
    for account_no in range(5):
        gone.remember(
            account_no,
            InactiveUsers(numbers=BitMap(range(10)), listed=(), inactive=NO_INACTIVE_USERS, until=700_000),
            gone.generation,
        )
    held = [one for one in range(5) if gone.of(one, 700_400) is not None]
    assert held == [3, 4]
