"""What a backtest found, in a few sentences that need no statistics."""

from collections.abc import Iterable, Sequence
from typing import Final

from radar_health_score.domain.forecast.backtest import ALL, Backtest, Row, ScorerNote

ABOUT_RIGHT: Final = 0.05
_SPEAKERS: Final = ("model", "scorecard")


def headline(backtest: Backtest) -> tuple[str, ...]:
    """Return the sentences."""
    return tuple(_sentences(backtest))


def _sentences(backtest: Backtest) -> Iterable[str]:
    tested, lead = backtest.tested_on, min(backtest.leads)
    share = tested.churned / tested.ends
    yield (
        f"Of {tested.ends:,} contracts that came up for renewal after {backtest.split}, "
        f"{tested.churned:,} churned ({share:.0%})."
    )
    rows = {
        row.scorer: row for row in backtest.rows if row.lead_days == lead and row.segment == ALL and row.n
    }
    speaker = next((one for one in backtest.scorers if one.name in _SPEAKERS[:1] and one.name in rows), None)
    speaker = speaker or next((one for one in backtest.scorers if one.name in rows), None)
    if speaker is None:
        return
    yield from _found(speaker, rows[speaker.name], lead)
    yield from _beside(speaker, backtest.scorers, rows)
    yield from _honest(speaker, rows[speaker.name])
    yield from _held(speaker, backtest)
    for note in backtest.scorers:
        if note.abstains is not None:
            yield f"The {_inside(note.title)} says nothing here: {note.abstains}."


def _found(speaker: ScorerNote, row: Row, lead: int) -> Iterable[str]:
    recall, precision = row.recall_20.value, row.precision_20.value
    if recall is not None and precision is not None:
        yield (
            f"{lead} days before, the fifth of them that the {_inside(speaker.title)} found riskiest "
            f"held {recall:.0%} of those that churned; {precision:.0%} of that fifth did."
        )


def _beside(speaker: ScorerNote, notes: Sequence[ScorerNote], rows: dict[str, Row]) -> Iterable[str]:
    mine = rows[speaker.name].auc.value
    others = [(row.auc.value, name) for name, row in rows.items() if name != speaker.name and row.auc.value]
    if mine is None or not others:
        return
    best, name = max(others)
    title = next(note.title for note in notes if note.name == name)
    order = (
        "better than" if mine > best + 0.005 else "worse than" if mine < best - 0.005 else "about as well as"
    )
    yield (
        f"It put a contract that churned before one that renewed {mine:.0%} of the time, {order} "
        f"the best of the others, {_inside(title)} ({best:.0%})."
    )


def _held(speaker: ScorerNote, backtest: Backtest) -> Iterable[str]:
    for told in backtest.coverage:
        if told.scorer == speaker.name:
            yield (
                f"The ARR lost in a quarter ({told.currency}) lay in the {told.level:.0%} interval foretold on its "
                f"first day in {told.on_first_day()}.{told.earlier()}{told.caveat()}"
            )


def _inside(title: str) -> str:
    """Return a title as it stands inside a sentence."""
    return title[0].lower() + title[1:]


def _honest(speaker: ScorerNote, row: Row) -> Iterable[str]:
    gap = row.ece.value
    if not speaker.gives_probability or gap is None:
        return
    if gap <= ABOUT_RIGHT:
        yield f"Its probabilities can be taken at their word: they were off by {gap:.0%} on average."
    else:
        yield (
            f"Its probabilities were off by {gap:.0%} on average: "
            "trust the order they give more than the numbers."
        )
