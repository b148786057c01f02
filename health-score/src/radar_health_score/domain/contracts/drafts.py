"""A term while it is being told of: what was said of it, and how it ended as far as is known."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from radar_health_score.domain.account.facts import Closing
from radar_health_score.domain.contracts.statements import Statement

if TYPE_CHECKING:
    from radar_vocabulary.contracts.scalars import Money

# How a term came to be known: by a statement with a start of its own (or the first one of all), by a date that was
# rolled on, by the closing of the term before it, or as a further step that was agreed together with that term.
Opened = Literal["told", "rolled", "closing", "step"]
USUAL_LENGTH: Final = timedelta(days=365)
LATELY: Final = timedelta(days=90)
_ATTRIBUTES: Final = frozenset({"product", "seats", "auto_renew", "notice_days", "trial"})


class Draft:
    """One term of a line of a contract.

    Attributes:
        before: the term that it follows.
        begun: where it began, unless a start of its own is told.
        attributes: product, seats and so on; those of the term before it where nothing else is said.
        amounts: (day, MRR) as told in the term.
        dates: renewal dates in turn, each with the moment from which it counted.
        statements: what was said of it. ``at``: when it was opened, in the order of statements.
        closing, closing_stamp: how it ended by an event of its own. ``closed_at``: when, in the order of statements.
        known_at: from when that closing's outcome counted.
    """

    __slots__ = (
        "amounts", "at", "attributes", "before", "begun", "closed_at", "closing", "closing_stamp", "dates",
        "known_at", "opened", "renews_on", "starts_on", "statements",
    )  # fmt: skip

    def __init__(self, before: "Draft | None", begun: date | None, opened: Opened, at: int) -> None:
        self.before = before
        self.begun = begun
        self.opened: Opened = opened
        self.at = at
        self.starts_on: date | None = None
        self.renews_on: date | None = None
        self.attributes: dict[str, Any] = (
            {} if before is None else {**before.attributes, "trial": before.trial}
        )
        self.amounts: list[tuple[date, Money | None]] = []
        self.dates: list[tuple[int, date | None]] = []
        self.statements: list[Statement] = []
        self.closing: Closing | None = None
        self.closing_stamp = (0, 0, 0)
        self.closed_at = -1
        self.known_at: int | None = None

    @property
    def begins(self) -> date | None:
        """The first day, no earlier than the day on which the term before was closed."""
        before = self.before
        ended = before.closing.on if before is not None and before.closing is not None else None
        own = self.starts_on or self.begun
        if own is None or ended is None:
            return own or ended
        return max(own, ended)

    @property
    def length(self) -> timedelta:
        """How long it is to run; that of the term before where nobody told."""
        draft: Draft | None = self
        while draft is not None:
            begins, renews_on = draft.begins, draft.renews_on
            if begins is not None and renews_on is not None and renews_on > begins:
                return renews_on - begins
            draft = draft.before
        return USUAL_LENGTH

    @property
    def due(self) -> date:
        """The day on which it ended or is to end; for one without a date a term later than it began."""
        if self.closing is not None:
            return self.closing.on
        if self.renews_on is not None:
            return self.renews_on
        begins = self.begins
        return date.max if begins is None else begins + self.length

    @property
    def churned(self) -> bool:
        """Whether an event of its own says that it ended without a renewal."""
        return self.closing is not None and self.closing.outcome == "churned"

    @property
    def trial(self) -> bool:
        """Whether it is a trial; what follows a closing with an amount is none, unless it is told to be one."""
        if not self.attributes.get("trial"):
            return False
        return not self._follows_payment or any("trial" in statement.says for statement in self.statements)

    @property
    def _follows_payment(self) -> bool:
        before = self.before
        if before is None or before.closing is None or before.churned:
            return False
        return before.closing.new_mrr is not None and before.closing.new_mrr.amount > 0

    @property
    def evergreen(self) -> bool:
        """Whether it runs until somebody ends it; what nobody told of goes on as the term before it."""
        draft: Draft | None = self
        while draft is not None and not draft.dates and draft.renews_on is None:
            draft = draft.before
        return draft is not None and draft.renews_on is None

    @property
    def is_void(self) -> bool:
        """Whether it was cancelled on the day on which it was to begin, or before."""
        begins = self.begins
        return self.churned and self.closing is not None and begins is not None and self.closing.on <= begins

    def take(self, statement: Statement, *, start: bool = True, renewal: bool = True) -> None:
        """Note a statement about the term; ``start``, ``renewal``: whether its dates are this term's."""
        says = statement.says
        self.statements.append(statement)
        for name in says.keys() & _ATTRIBUTES:
            self.attributes[name] = says[name]
        if "mrr" in says:
            self.amounts.append((statement.day, says["mrr"]))
        if start and "starts_on" in says:
            self.starts_on = says["starts_on"]
        if renewal and "renews_on" in says:
            self.renews_on = says["renews_on"]
            self._note_date(statement.since)
        if says.get("cancelled") and self.closing is None and self.renews_on is not None:
            self._close(Closing(on=self.renews_on, outcome="churned"), statement)

    def close(self, statement: Statement, *, alone: bool) -> bool:
        """Note a closing; return whether it says something new: one that was told after another corrects it.

        ``alone``: it ends no other line's term too; what several go on with together isn't any one's own.
        """
        says = statement.says
        if self.closing is not None and statement.stamp < self.closing_stamp:
            if (says["outcome"] == "churned") == self.churned and self.known_at is not None:
                self.known_at = min(self.known_at, statement.since)
            return False
        told = {name: says[name] for name in ("outcome", "on", "reason", "competitor") if name in says}
        if alone and "new_mrr" in says:
            told["new_mrr"] = says["new_mrr"]
        before = self.closing
        self._close(Closing(**told) if before is None else replace(before, **told), statement)
        return self.closing != before

    def _close(self, closing: Closing, statement: Statement) -> None:
        same = self.closing is not None and (closing.outcome == "churned") == self.churned
        self.known_at = min(statement.since, self.known_at or statement.since) if same else statement.since
        self.closing, self.closing_stamp = closing, statement.stamp

    def reopen(self) -> None:
        """Take the closing back."""
        self.closing, self.known_at, self.closed_at = None, None, -1

    def is_reinstated_by(self, statement: Statement) -> bool:
        """Return whether the statement takes the churn of this term back.

        It says ``cancelled: false``, or restates start and renewal date before the end; and it says something new: a
        sync that repeats itself changes nothing.
        """
        closing = self.closing
        if closing is None or not self.churned or statement.day > closing.on + LATELY:
            return False
        if statement.says.get("cancelled") is not None:
            return not statement.says["cancelled"] and not self._repeats_flag(statement)
        restates = (
            statement.says.get("starts_on") == self.begins
            and self.renews_on is not None
            and statement.says.get("renews_on") == self.renews_on
            and statement.day < self.renews_on
        )
        return restates and self.is_stated_anew_by(statement)

    def _repeats_flag(self, statement: Statement) -> bool:
        """Return whether the last statement that had ``cancelled`` said all the same."""
        flagged = (told.says for told in reversed(self.statements) if told.says.get("cancelled") is not None)
        return next(flagged, None) == statement.says

    def is_stated_anew_by(self, statement: Statement) -> bool:
        """Return whether the statement tells start and renewal date, and differs from all that was said before."""
        says = statement.says
        dated = says.get("starts_on") is not None and says.get("renews_on") is not None
        return dated and not any(says == told.says for told in self.statements)

    def is_rolled_on_to(self, renews_on: date, told: date) -> bool:
        """Return whether a date moved to ``renews_on`` means that the term was renewed, and not made longer.

        It moved by about the term's length or a multiple of it, and that was told within ROLLED_WITHIN of the end.
        """
        begins = self.begins
        if self.renews_on is None or begins is None or told < self.renews_on - ROLLED_WITHIN:
            return False
        length, moved = (self.renews_on - begins).days, (renews_on - self.renews_on).days
        if length <= 0 or moved <= 0:
            return False
        times = max(1, round(moved / length))
        return abs(moved - times * length) <= ROLLED_TOLERANCE * length

    def _note_date(self, since: int) -> None:
        if self.dates and self.dates[-1][1] == self.renews_on:
            since = min(since, self.dates.pop()[0])
        self.dates.append((since, self.renews_on))


ROLLED_WITHIN: Final = timedelta(days=60)
ROLLED_TOLERANCE: Final = 0.25
