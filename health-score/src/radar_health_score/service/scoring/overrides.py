"""Setting an account's health by hand: for a while, with a name and a reason, and every act is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from radar_chassis.clock import Clock
from radar_chassis.errors import InvalidRequest, NotFound
from radar_chassis.store.database import Database
from radar_health_score.domain.account.override_acts import OverrideAct, standing_override
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.override_book import OverrideBook
from radar_vocabulary.answers.overrides import AccountOverride, OverrideLine, OverrideState
from radar_vocabulary.answers.page import Page
from radar_vocabulary.contracts.scalars import Band

LONGEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOverride:
    """What somebody wants to set; ``valid_from`` None: from now on."""

    band: Band | None
    score: float | None
    author: str
    reason: str
    valid_from: datetime | None
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Overrides:
    """Sets, withdraws and lists overrides."""

    database: Database
    rows: FactRows
    book: OverrideBook
    clock: Clock

    def put(self, account_id: str, override_request: NewOverride) -> AccountOverride:
        """Set what is wished; saying the same again changes nothing.

        Raises:
            NotFound: no such account.
            InvalidRequest: it sets nothing, ends before it begins or before now, or lasts longer than LONGEST.
        """
        now = self.clock.now()
        act = _act(override_request, now)

        def work(connection: Connection) -> AccountOverride:
            account_no, acts = self._acts(connection, account_id)
            standing = standing_override(acts, now)
            if standing is None or not _says_the_same(standing, override_request):
                self.book.add(connection, account_no, act)
            return self._answer(connection, account_id, now)

        return self.database.run(work)

    def withdraw(self, account_id: str, author: str, reason: str) -> AccountOverride:
        """Take back what is set, also what has not begun yet; raises NotFound where there is nothing."""
        now = self.clock.now()

        def work(connection: Connection) -> AccountOverride:
            account_no, acts = self._acts(connection, account_id)
            if not any(_state(act, acts, now) in {"in_force", "scheduled"} for act in acts):
                raise NotFound("This account has no manual override to withdraw.")
            self.book.add(connection, account_no, _withdrawal(author, reason, now))
            return self._answer(connection, account_id, now)

        return self.database.run(work)

    def current(self, account_id: str) -> AccountOverride:
        """Return what is set now; raises NotFound (no such account)."""
        with self.database.reading() as connection:
            return self._answer(connection, account_id, self.clock.now())

    def everywhere(self) -> Page[AccountOverride]:
        """Return what is set now on any account, what ends next first."""
        now = self.clock.now()
        with self.database.reading() as connection:
            names = self.book.unexpired(connection, now)
            acts: dict[int, list[OverrideAct]] = {no: [] for no in names}
            for account_no, act in self.rows.overrides(connection, list(names)):
                acts[account_no].append(act)
        found = ((no, standing_override(acts[no], now)) for no in names)
        standing = {no: one for no, one in found if one is not None}
        order = sorted(standing, key=lambda no: (standing[no].expires_at or now, names[no]))
        return Page(
            items=[
                AccountOverride(account_id=names[no], override=_line(standing[no], acts[no], now))
                for no in order
            ]
        )

    def history(self, account_id: str) -> Page[OverrideLine]:
        """Return every act, the latest first; raises NotFound (no such account)."""
        now = self.clock.now()
        with self.database.reading() as connection:
            _, acts = self._acts(connection, account_id)
        return Page(items=[_line(act, acts, now) for act in reversed(acts)])

    def _answer(self, connection: Connection, account_id: str, now: datetime) -> AccountOverride:
        _, acts = self._acts(connection, account_id)
        standing = standing_override(acts, now)
        return AccountOverride(
            account_id=account_id, override=None if standing is None else _line(standing, acts, now)
        )

    def _acts(self, connection: Connection, account_id: str) -> tuple[int, list[OverrideAct]]:
        row = self.rows.find(connection, account_id)
        if row is None:
            raise NotFound("No event of this account has arrived yet; check the id, or send its first event.")
        return row.account_no, [act for _, act in self.rows.overrides(connection, [row.account_no])]


def _act(override_request: NewOverride, now: datetime) -> OverrideAct:
    begin = override_request.valid_from or now
    if override_request.band is None and override_request.score is None:
        raise InvalidRequest("Give a `band`, a `score` from 0 to 100, or both.")
    if override_request.expires_at <= max(begin, now):
        raise InvalidRequest("`expires_at` must be in the future and after `valid_from`.")
    if override_request.expires_at - now > LONGEST or now - begin > LONGEST:
        raise InvalidRequest(
            f"A manual override lasts {LONGEST.days} days at most; set it again when it expires."
        )
    return OverrideAct(
        number=0,
        known_at=now,
        valid_from=begin,
        expires_at=override_request.expires_at,
        band=override_request.band,
        score=override_request.score,
        author=override_request.author,
        reason=override_request.reason,
    )


def _withdrawal(author: str, reason: str, now: datetime) -> OverrideAct:
    return OverrideAct(
        number=0,
        known_at=now,
        valid_from=now,
        expires_at=None,
        band=None,
        score=None,
        author=author,
        reason=reason,
    )


def _says_the_same(act: OverrideAct, override_request: NewOverride) -> bool:
    asked = (
        override_request.band,
        override_request.score,
        override_request.author,
        override_request.reason,
        override_request.expires_at,
    )
    same_begin = override_request.valid_from is None or override_request.valid_from == act.valid_from
    return same_begin and asked == (act.band, act.score, act.author, act.reason, act.expires_at)


def _line(act: OverrideAct, acts: list[OverrideAct], now: datetime) -> OverrideLine:
    return OverrideLine(
        band=act.band,
        score=act.score,
        author=act.author,
        reason=act.reason,
        known_at=act.known_at,
        valid_from=act.valid_from,
        expires_at=act.expires_at,
        state=_state(act, acts, now),
    )


def _state(act: OverrideAct, acts: list[OverrideAct], now: datetime) -> OverrideState:
    if act.withdraws:
        return "withdrawal"
    if standing_override(acts, now) == act:
        return "in_force"
    later = act.valid_from > now and standing_override(acts, act.valid_from) == act
    return "scheduled" if later else "over"
