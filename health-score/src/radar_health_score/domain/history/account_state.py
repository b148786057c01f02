"""One account's state while facts are added to it, and the facts a metric may see, cut at a moment.

The same class holds the present (loaded from current rows) and walks through the past (fed from history in the
order in which things began to count), so both give the same answer.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from pyroaring import BitMap

from radar_health_score.domain.account.attributes import Patch, State, apply_patch
from radar_health_score.domain.account.day_tally import DayTally, StoredDay, stored_day
from radar_health_score.domain.account.entities import (
    NamedUser,
    incidents_of,
    invoices_of,
    milestones_of,
    profile_of,
    promises_of,
    requests_of,
    surveys_of,
    tickets_of,
    typed,
)
from radar_health_score.domain.account.facts import (
    LOGIN,
    SESSION,
    USAGE_DAYS,
    AccountFacts,
    DayUse,
    FeatureUse,
    Person,
)
from radar_health_score.domain.account.override_acts import NO_ACTS
from radar_health_score.domain.account.year_use import (
    YEAR_DAYS,
    DayVolume,
    YearUse,
    volume_of,
    volume_of_stored,
)
from radar_health_score.domain.contracts.contract_terms import IN_UTC, contracts_of
from radar_health_score.domain.history.expired_entities import without_expired
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, from_micros, to_micros

IsKeyFeature = Callable[[str], bool]
UNNAMED: Final = frozenset({LOGIN, SESSION})


class DayRow(NamedTuple):
    """A stored tally and the day from which it counts: it happened on ``day`` and was known on ``known_day``."""

    day: int
    known_day: int
    tally: DayTally

    @property
    def counts_from(self) -> int:
        """The first day whose end sees this row."""
        return max(self.day, self.known_day)


class UserDays:
    """When a user was there: first use of each feature (by feature number), and the last day of all."""

    __slots__ = ("first_use", "last_day", "number")

    def __init__(
        self, number: int, last_day: int | None = None, first_use: dict[int, int] | None = None
    ) -> None:
        self.number = number
        self.last_day = last_day
        self.first_use = first_use if first_use is not None else {}

    def see(self, feature: int, day: int) -> bool:
        """Note a use of ``feature`` on ``day``; return whether that changed anything."""
        changed = False
        if self.last_day is None or day > self.last_day:
            self.last_day = day
            changed = True
        first = self.first_use.get(feature)
        if first is None or day < first:
            self.first_use[feature] = day
            changed = True
        return changed


class AccountState:
    """What is known of one account so far.

    Attributes:
        features: names by number. ``days``: as the workspace cuts them. ``users``: days by user id.
        usage: tallies by day.
        volumes: what days saw in sum, for the year: of days in ``usage`` as far as they were asked for,
            and of older ones.
        entities: merged attributes by (kind, entity id).
        expired_kinds: kinds of signals of which some aren't in ``entities`` since they rest.
        overrides: what people have set, also what counts only later.
        first_at, last_at: earliest and latest use, in microseconds since 1970.
    """

    def __init__(self, account_id: str, features: Mapping[int, str], days: WorkspaceDays = IN_UTC) -> None:
        self.account_id = account_id
        self.features = features
        self.days = days
        self.users: dict[str, UserDays] = {}
        self.usage: dict[int, DayTally | StoredDay] = {}
        self.volumes: dict[int, DayVolume] = {}
        self.entities: dict[str, dict[str, State]] = {}
        self.expired_kinds: frozenset[str] = frozenset()
        self.overrides = NO_ACTS
        self.first_at: int | None = None
        self.last_at: int | None = None
        self._unnamed = frozenset(number for number, name in features.items() if name in UNNAMED)
        self._session = next((number for number, name in features.items() if name == SESSION), None)

    def add_stored(self, day: int, value: bytes) -> None:
        """Add a stored value to its day. It is opened no further than somebody asks: a day mostly has one."""
        if day in self.usage:
            self.add_usage(day, DayTally.decode(value))
            return
        stored = self.usage[day] = stored_day(value)
        self._note(day, stored)

    def add_usage(self, day: int, tally: DayTally) -> None:
        """Add a tally to its day. The users' own days are not touched."""
        present = self.usage.get(day)
        if present is None:
            self.usage[day] = tally
        else:
            merged = self.usage[day] = (
                DayTally.of_stored(present) if isinstance(present, StoredDay) else present
            )
            merged.merge(tally)
        self._note(day, tally)

    def _note(self, day: int, tally: DayTally | StoredDay) -> None:
        self.volumes.pop(day, None)
        self.first_at = tally.first_at if self.first_at is None else min(self.first_at, tally.first_at)
        self.last_at = tally.last_at if self.last_at is None else max(self.last_at, tally.last_at)

    def add_older(self, day: int, values: Sequence[bytes]) -> None:
        """Add a day that counts for the year alone: all its stored values."""
        if len(values) == 1:
            self.volumes[day] = volume_of_stored(stored_day(values[0]), self._unnamed, self._session)
        else:
            merged = DayTally.union([DayTally.decode(value) for value in values])
            self.volumes[day] = volume_of(merged, self._unnamed, self._session)

    def add_patch(self, patch: Patch) -> None:
        """Merge an attribute event."""
        apply_patch(self.entities.setdefault(patch.kind, {}).setdefault(patch.entity_id, {}), patch)

    def facts(self, as_of: datetime, through: int, is_key: IsKeyFeature) -> AccountFacts:
        """Return what a metric may see. Nothing that counts only later may have been added."""
        entities, expired_kinds = without_expired(self.entities, to_micros(as_of))
        programs = self._programs()
        return AccountFacts(
            account_id=self.account_id,
            as_of=as_of,
            through=date.fromordinal(through),
            profile=profile_of(entities),
            usage=self._window(through, programs),
            year=self._year(through),
            people=self._people(is_key, programs),
            contracts=contracts_of(entities, self.days),
            tickets=tickets_of(entities),
            surveys=surveys_of(entities),
            invoices=invoices_of(entities),
            milestones=milestones_of(entities),
            requests=requests_of(entities),
            promises=promises_of(entities),
            incidents=incidents_of(entities),
            expired_kinds=self.expired_kinds | expired_kinds,
            overrides=tuple(act for act in self.overrides if act.known_at <= as_of),
            first_event_at=None if self.first_at is None else min(from_micros(self.first_at), as_of),
            last_event_at=None if self.last_at is None else min(from_micros(self.last_at), as_of),
        )

    def _window(self, through: int, programs: BitMap) -> tuple[DayUse, ...]:
        days = sorted(day for day in self.usage if through - USAGE_DAYS < day <= through)
        found = (_day_use(day, self.usage[day], self.features) for day in days)
        return tuple(_without(day, programs) for day in found) if programs else tuple(found)

    def _programs(self) -> BitMap:
        """Return the numbers of the users that are programs: what they do counts as use by nobody."""
        named = self.entities.get("user", {})
        told = (
            user_id
            for user_id, state in named.items()
            if "kind" in state and state["kind"].value == "service"
        )
        return BitMap(self.users[user_id].number for user_id in told if user_id in self.users)

    def _year(self, through: int) -> YearUse:
        for day, tally in self.usage.items():
            if day > through - YEAR_DAYS and day not in self.volumes:
                self.volumes[day] = self._volume(tally)
        return YearUse.of(self.volumes, through)

    def _volume(self, tally: DayTally | StoredDay) -> DayVolume:
        if isinstance(tally, StoredDay):
            return volume_of_stored(tally, self._unnamed, self._session)
        return volume_of(tally, self._unnamed, self._session)

    def _people(self, is_key: IsKeyFeature, programs: BitMap) -> tuple[Person, ...]:
        named = self.entities.get("user", {})
        keys = {no for no, name in self.features.items() if name not in UNNAMED and is_key(name)}
        return tuple(
            _person(user_id, user, named.get(user_id), keys)
            for user_id, user in self.users.items()
            if user.number not in programs
        )


def _day_use(day: int, tally: DayTally | StoredDay, names: Mapping[int, str]) -> DayUse:
    if isinstance(tally, StoredDay):
        users = BitMap.deserialize(tally.users)
        return DayUse(
            day=date.fromordinal(day),
            features={names[one.number]: one for one in tally.features},
            users=users,
            uses_by_user=dict(zip(users, tally.uses, strict=True)),
        )
    return DayUse(
        day=date.fromordinal(day),
        features={
            names[number]: FeatureUse(uses=one.uses, seconds=one.millis / 1000, users=one.users)
            for number, one in tally.features.items()
        },
        users=tally.users,
        uses_by_user=tally.uses_by_user,
    )


def _without(day: DayUse, programs: BitMap) -> DayUse:
    """Return the day with the use of some users as use by nobody."""
    return DayUse(
        day=day.day,
        features={
            name: FeatureUse(uses=one.uses, seconds=one.seconds, users=one.users - programs)
            for name, one in day.features.items()
        },
        users=day.users - programs,
        uses_by_user={number: uses for number, uses in day.uses_by_user.items() if number not in programs},
    )


def _person(user_id: str, user: UserDays, state: State | None, keys: set[int]) -> Person:
    first_use = user.first_use
    activated = min((day for feature, day in first_use.items() if feature in keys), default=None)
    shown = typed(state, NamedUser) if state else NamedUser()
    return Person(
        number=user.number,
        user_id=user_id,
        role=shown.role,
        name=shown.name,
        left_at=shown.left_at,
        first_day=_day(min(first_use.values(), default=None)),
        activated_day=_day(activated),
        last_day=_day(user.last_day),
    )


def _day(number: int | None) -> date | None:
    return None if number is None else date.fromordinal(number)
