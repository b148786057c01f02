"""What changed between two days: the score's change in three parts, and driver by driver."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from markupsafe import Markup

from radar.console.charts.diverging import Bar, diverging_bars
from radar.console.texts import Names, marked, text
from radar.console.views.account import AsOf
from radar.console.words import day, number, signed
from radar_vocabulary.answers.changes import Changes, DriverChange
from radar_vocabulary.language.messages import message

USUAL: Final = timedelta(days=28)
SHOWN: Final = 9
NOTHING: Final = 1e-9
# In the order of the steps from one score to the other.
PARTS: Final = Names(
    {"time": message("time"), "behaviour": message("behaviour"), "configuration": message("configuration")}
)
_TITLES: Final = Names(
    {"time": message("Time"), "behaviour": message("Behaviour"), "configuration": message("Configuration")}
)
_MEANINGS: Final = Names(
    {
        "time": message("if no new events had arrived"),
        "behaviour": message("new events and corrections"),
        "configuration": message("another scorecard or setting"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Span:
    """The two days compared, each seen from its end; today is seen from now."""

    first: date
    last: date
    today: date

    @property
    def until(self) -> date | None:
        """The later day, None when it is today."""
        return self.last if self.last < self.today else None


@dataclass(frozen=True, kw_only=True)
class ChangePart:
    """One of the three parts; ``tone`` is the style of its number."""

    name: str
    points: float
    meaning: str

    @property
    def tone(self) -> str:
        """How the number is coloured: what rounds to nothing isn't."""
        return ("is-plus" if self.points > 0 else "is-minus") if _counts(self.points) else ""


@dataclass(frozen=True, kw_only=True)
class Move:
    """A driver's row; ``parts`` names those that are not nothing, where there is more than one."""

    text: str
    points_from: float
    points_to: float
    change: float
    parts: str
    bar: Bar


@dataclass(frozen=True, kw_only=True)
class ChangeView:
    """The change: ``before`` + ``total`` = ``after``; a score that isn't there counts as the neutral one."""

    before: float | None
    after: float | None
    neutral: float
    total: float
    parts: tuple[ChangePart, ...]
    rows: tuple[Move, ...]
    rest_count: int
    rest_change: float
    still: int


def span(first: str, last: str, at: AsOf) -> Span:
    """Return the days asked for; what isn't a past day means the page's own day, and 28 days before the later."""
    until = min(_day(last) or at.day, at.today)
    since = _day(first) or until - USUAL
    return Span(first=since, last=until, today=at.today)


def changed(answer: Changes, *, every: bool = False) -> ChangeView:
    """Return what the page shows of a change."""
    moves = [one for one in answer.drivers if any(abs(part) > NOTHING for part in _parts(one))]
    moves.sort(key=lambda one: -abs(_change(one)))
    shown = moves if every or len(moves) <= SHOWN + 1 else moves[:SHOWN]
    rest = moves[len(shown) :]
    return ChangeView(
        before=answer.earlier.score,
        after=answer.later.score,
        neutral=answer.earlier.scorecard.neutral,
        total=answer.behaviour + answer.time + answer.configuration,
        parts=tuple(
            ChangePart(name=title, points=getattr(answer, name), meaning=_MEANINGS[name])
            for name, title in _TITLES.items()
        ),
        rows=_rows(shown),
        rest_count=len(rest),
        rest_change=sum(_change(one) for one in rest),
        still=len(answer.drivers) - len(moves),
    )


def change_sentence(shown: ChangeView, days: Span) -> str:
    """Return what became of the score from one day to the other, as markup."""
    first, last = day(days.first), day(days.last)
    if shown.before is None and shown.after is None:
        if days.until:
            return text("No score on {first} and none on {last}.", first=first, last=last)
        return text("No score on {first} and none now.", first=first)
    if days.until:
        way = marked(
            "The score was {after} on {last}; on {first} it was {before}: {total}",
            after=_score(shown.after), last=last, first=first, before=_score(shown.before), total=_total(shown),
        )  # fmt: skip
    else:
        way = marked(
            "The score is {after} now; on {first} it was {before}: {total}",
            after=_score(shown.after), first=first, before=_score(shown.before), total=_total(shown),
        )  # fmt: skip
    if shown.before is None or shown.after is None:
        return marked(
            "{change} vs the neutral baseline of {neutral}.", change=way, neutral=number(shown.neutral)
        )
    return marked("{change}.", change=way)


def _score(score: float | None) -> str:
    if score is None:
        return text("unknown")
    return Markup("<strong>{}</strong>").format(number(score, 1))


def _total(shown: ChangeView) -> Markup:
    tone = "is-plus" if shown.total >= 0 else "is-minus"
    return Markup('<strong class="{}">{}</strong>').format(tone, signed(shown.total))


def _rows(moves: Sequence[DriverChange]) -> tuple[Move, ...]:
    bars = diverging_bars([_change(one) for one in moves])
    return tuple(
        Move(
            text=one.text,
            points_from=one.points_from,
            points_to=one.points_to,
            change=_change(one),
            parts=_named(one),
            bar=bar,
        )
        for one, bar in zip(moves, bars, strict=True)
    )


def _named(one: DriverChange) -> str:
    named = [
        f"{name} {signed(part)}"
        for name, part in zip(PARTS.values(), _parts(one), strict=True)
        if _counts(part)
    ]
    return text(", ").join(named)


def _parts(one: DriverChange) -> tuple[float, float, float]:
    return one.time, one.behaviour, one.configuration


def _change(one: DriverChange) -> float:
    return one.points_to - one.points_from


def _counts(points: float) -> bool:
    return round(points, 1) != 0


def _day(asked: str) -> date | None:
    try:
        wanted = date.fromisoformat(asked)
    except ValueError:
        return None
    return wanted if wanted.year >= 2000 else None
