"""Reads what is said of one line of a contract, statement by statement, into the terms that follow one another.

- A start on or after the renewal date that stands begins the next term, and the one before counts as renewed, unless
  a closing says otherwise. An earlier start corrects the term's own. Without a start the first one begins the term.
- A renewal date that was rolled on (``Draft.is_rolled_on_to``) begins the next term too; any other move makes the same
  term longer or shorter.
- A closing ends the term whose end is nearest to its day, be it closed or not: told again it corrects. One that is
  nearer to the end of the term after a renewed one ends that one, told of or not.
- After a churn the contract goes on only where a later term is told of, or the term is reinstated.
"""

from collections.abc import Sequence
from datetime import date

from radar_health_score.domain.account.facts import Closing
from radar_health_score.domain.contracts.drafts import Draft, Opened
from radar_health_score.domain.contracts.pauses import Pause, stated_pauses
from radar_health_score.domain.contracts.statements import Statement


class LineReader:
    """The terms of one line so far, in the order in which they run."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.pauses: tuple[Pause, ...] = ()
        self._starts: dict[date, Draft] = {}
        self._at = 0

    def read(self, statements: Sequence[Statement], shared: frozenset[int] = frozenset()) -> None:
        """Take the statements in order; ``shared``: places of the closings that end other lines' terms too."""
        for place, statement in enumerate(statements):
            self._at = place
            if not statement.closes:
                self._say(statement)
            elif statement.takes_back:
                self._take_back(statement)
            else:
                draft = self._ended_by(statement)
                if draft.close(statement, alone=place not in shared):
                    draft.closed_at = place

    def _say(self, statement: Statement) -> None:
        says = statement.says
        if says.keys() & {"paused_from", "paused_until"}:
            self.pauses = stated_pauses(self.pauses, says, statement.day)
        starts_on, last = says.get("starts_on"), self.drafts[-1] if self.drafts else None
        if last is None:
            self._open(statement, statement.day, "told")
        elif last.trial and says.get("trial") is False:
            self._open(statement, statement.day, "told", start=starts_on != last.begins)
        elif starts_on is None:
            self._without_start(statement)
        else:
            stated = self._begun_on(starts_on)
            if stated is not None:
                self._restated(stated, statement)
            else:
                self._with_new_start(statement, starts_on)

    def _begun_on(self, day: date) -> Draft | None:
        for draft in reversed(self.drafts):
            if day in {draft.starts_on, draft.begins}:
                return draft
            if (draft.begins or date.min) < day:
                break
        told = self._starts.get(day)
        return told if told is not None and told.starts_on == day else None

    def _open(
        self,
        statement: Statement,
        begun: date | None,
        opened: Opened,
        *,
        start: bool = True,
        renewal: bool = True,
    ) -> None:
        draft = self._add(begun, opened)
        self._take(draft, statement, start=start, renewal=renewal)

    def _add(self, begun: date | None, opened: Opened) -> Draft:
        draft = Draft(self.drafts[-1] if self.drafts else None, begun, opened, self._at)
        self.drafts.append(draft)
        return draft

    def _take(self, draft: Draft, statement: Statement, *, start: bool = True, renewal: bool = True) -> None:
        was_open = draft.closing is None
        if draft.before is not None and draft.before.churned and draft.is_stated_anew_by(statement):
            draft.at = self._at
        draft.take(statement, start=start, renewal=renewal)
        if was_open and draft.closing is not None:
            draft.closed_at = self._at
        if draft.starts_on is not None:
            self._starts[draft.starts_on] = draft

    def _restated(self, draft: Draft, statement: Statement) -> None:
        """A statement with the start of a term that is known: some senders repeat the first start with every term."""
        last, renews_on = self.drafts[-1], statement.says.get("renews_on")
        if draft is not last:
            begins = last.begins or date.min
            moved = renews_on is not None and renews_on != draft.renews_on and renews_on > begins
            if moved and last.starts_on is None:
                self._without_start(statement, start=False)
            else:
                self._take(draft, statement)
        elif draft.closing is None:
            self._moved(draft, statement)
        elif draft.churned or _is_dated(draft, draft.closing, statement):
            self._after_closing(draft, draft.closing, statement)
        else:
            self._take(draft, statement)

    def _with_new_start(self, statement: Statement, starts_on: date) -> None:
        last, renews_on = self.drafts[-1], statement.says.get("renews_on")
        if renews_on is not None and self._inserted(statement, starts_on, renews_on):
            return
        begins = last.begins or date.min
        if last.closing is not None:
            self._start_after_closing(last, last.closing, statement, starts_on)
        elif starts_on < begins:
            self._correct_earlier(statement, starts_on, renews_on)
        elif last.opened == "closing" and last.starts_on is None and last.renews_on is None:
            self._take(last, statement)
        elif last.renews_on is None or starts_on >= last.renews_on:
            committed = statement.day < starts_on and statement.day <= max(self._first_stated(last), begins)
            self._open(statement, statement.day, "step" if committed else "told")
        else:
            self._take(last, statement)

    def _start_after_closing(
        self, last: Draft, closing: Closing, statement: Statement, starts_on: date
    ) -> None:
        renews_on, begins = statement.says.get("renews_on"), last.begins or date.min
        if starts_on >= closing.on or (not last.churned and starts_on > begins):
            self._open(statement, statement.day, "told")
        elif (
            statement.day < closing.on
            and starts_on > begins
            and renews_on is not None
            and renews_on > last.due
        ):
            # Signed anew before it had ended: the new term takes the place of the one that was cancelled.
            last.reopen()
            self._open(statement, statement.day, "told")
        else:
            self._after_closing(last, closing, statement)

    def _inserted(self, statement: Statement, starts_on: date, renews_on: date) -> bool:
        """Open a term wholly before a known one, as when history is told backwards; return whether it was that."""
        place = len(self.drafts)
        while place and (self.drafts[place - 1].begins or date.min) > starts_on:
            place -= 1
        if (
            place == len(self.drafts)
            or starts_on >= renews_on
            or renews_on > (self.drafts[place].begins or date.min)
        ):
            return False
        before = self.drafts[place - 1] if place else None
        if before is not None and before.due > starts_on:
            return False
        draft = Draft(before, statement.day, "told", self._at)
        self._take(draft, statement)
        self.drafts[place].before = draft
        self.drafts.insert(place, draft)
        return True

    def _correct_earlier(self, statement: Statement, starts_on: date, renews_on: date | None) -> None:
        """A start before the present term's that is none of a known term: it corrects that of the term it lies in."""
        begun = [one for one in self.drafts if (one.begins or date.min) < starts_on]
        draft = begun[-1] if begun else self.drafts[0]
        following = self.drafts[self.drafts.index(draft) + 1 :]
        fits = not following or renews_on is None or renews_on <= (following[0].begins or date.max)
        self._take(draft, statement, renewal=fits)

    def _without_start(self, statement: Statement, *, start: bool = True) -> None:
        """A statement that names no start; ``start`` False: it names that of a term before the last one."""
        last, renews_on = self.drafts[-1], statement.says.get("renews_on")
        if renews_on is None and "renews_on" not in statement.says:
            self._undated(statement)
        elif last.closing is not None:
            self._after_closing(last, last.closing, statement)
        elif renews_on is None:
            self._take(last, statement, start=False)
        else:
            open_ones = [one for one in self.drafts if one.closing is None and one.renews_on == renews_on]
            if not open_ones or open_ones[-1] is last:
                self._moved(last, statement, start=start)
                return
            draft = open_ones[-1]
            if last.opened == "rolled" and last.starts_on is None and last.before is draft:
                self.drafts.pop()  # the date was rolled back
            self._take(draft, statement, start=False)

    def _undated(self, statement: Statement) -> None:
        """A statement without any date is about the term that runs on its day."""
        running = [one for one in self.drafts if (one.begins or date.min) <= statement.day]
        draft = running[-1] if running else self.drafts[0]
        closing = draft.closing
        if draft is self.drafts[-1] and closing is not None and closing.on <= statement.day:
            self._after_closing(draft, closing, statement)
        else:
            if draft.is_reinstated_by(statement):
                draft.reopen()
            self._take(draft, statement)

    def _after_closing(self, last: Draft, closing: Closing, statement: Statement) -> None:
        """A statement after the last term was closed that names no start, or none of another term."""
        dated = _is_dated(last, closing, statement)
        if last.churned:
            if last.is_reinstated_by(statement):
                last.reopen()
                self._take(last, statement)
            elif dated and statement.day >= closing.on:
                self._open(statement, statement.day, "told", start=False)
            else:
                self._take(last, statement, start=False, renewal=False)
        elif dated or statement.day >= closing.on:
            evergreen = "renews_on" in statement.says and statement.says["renews_on"] is None
            self._open(statement, None, "closing", start=False, renewal=dated or evergreen)
        else:
            self._take(last, statement, start=False, renewal=False)

    def _moved(self, last: Draft, statement: Statement, *, start: bool = True) -> None:
        """A statement about the last term, which nobody has closed; its renewal date may be another one."""
        renews_on, begins = statement.says.get("renews_on"), last.begins
        if renews_on is None or last.renews_on in {None, renews_on}:
            fits = renews_on is None or begins is None or last.opened == "told" or renews_on > begins
            self._take(last, statement, start=start, renewal=fits)
        elif last.before is not None and begins is not None and renews_on <= begins:
            self._take(last, statement, start=start, renewal=False)
        elif last.is_rolled_on_to(renews_on, statement.day):
            self._open(statement, last.renews_on, "rolled", start=False)
        else:
            self._take(last, statement, start=start)

    def _take_back(self, statement: Statement) -> None:
        closed = [one for one in self.drafts if one.closing is not None]
        on = statement.says.get("on")
        if closed and on is not None:
            min(closed, key=lambda one: abs((one.due - on).days)).reopen()
        elif closed:
            max(closed, key=lambda one: one.closed_at).reopen()

    def _ended_by(self, statement: Statement) -> Draft:
        """Return the term that a closing ends, a new one where nobody told of it."""
        on, churned = statement.says["on"], statement.says["outcome"] == "churned"
        place = len(self.drafts) - 1
        while place >= 0 and (self.drafts[place].begins or date.min) >= on:
            place -= 1
        if place < 0:
            return self.drafts[0] if self.drafts and churned else self._unknown(on)
        last = self.drafts[place]
        nearest = self._nearest(place, on)
        if place == len(self.drafts) - 1 and last.closing is not None and not last.churned:
            following = last.closing.on + last.length
            if _apart(following, on) < _apart(nearest.due, on):
                return self._add(None, "closing")
        return nearest

    def _nearest(self, place: int, on: date) -> Draft:
        """Return which term up to ``place`` ends nearest to a day, going back as long as the ends come nearer.

        What churned before another term began can't be corrected any more.
        """
        nearest = self.drafts[place]
        for draft in reversed(self.drafts[:place]):
            if draft.churned:
                continue
            if _apart(draft.due, on) > _apart(nearest.due, on):
                break
            nearest = draft
        return nearest

    def _unknown(self, on: date) -> Draft:
        """Return a term, before all others, of which nothing but its end was told."""
        draft = Draft(None, None, "closing", self._at)
        draft.renews_on = on
        if self.drafts:
            self.drafts[0].before = draft
        self.drafts.insert(0, draft)
        return draft

    @staticmethod
    def _first_stated(draft: Draft) -> date:
        return min((statement.day for statement in draft.statements), default=date.min)


def _apart(one: date, other: date) -> int:
    return abs((one - other).days)


def _is_dated(last: Draft, closing: Closing, statement: Statement) -> bool:
    """Return whether the statement tells a renewal date after the one that was closed."""
    renews_on = statement.says.get("renews_on")
    return renews_on is not None and renews_on > closing.on and renews_on != last.renews_on
