"""A replay in rows: a table and a summary for people, CSV and a document for machines."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final, TextIO

from radar.replay.run import Replay, ReplayRequest, Take
from radar_health_score.domain.scoring.replay import ReplayPoint, Verdict
from radar_health_score.domain.scoring.replay_comparison import Comparison, Mover
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays

_ONE: Final = ("date", "account", "score", "band", "coverage", "scorecard", "by hand")
_FIELDS: Final = ("score", "band", "coverage", "scorecard", "version", "by_hand")


def table(done: Replay) -> tuple[Sequence[str], Sequence[Sequence[object]]]:
    """Return the columns and rows of a replay under one scorecard."""
    days = WorkspaceDays(done.zone)
    rows = []
    for point in done.points:
        (one,) = point.verdicts
        by_hand = "" if one.by_hand is None else "yes"
        day, score = _day(days, point.as_of), _number(one.score)
        rows.append((day, point.account_id, score, one.band, f"{one.coverage:.0%}", one.scorecard, by_hand))
    return _ONE, rows


def csv_rows(zone: str, request: ReplayRequest, file: TextIO) -> Take:
    """Begin a CSV file and return what writes a point's row; the second scorecard's columns begin with ``against_``."""
    days = WorkspaceDays(zone)
    prefixes = ("", "against_")[: len(request.scorecards)]
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(
        ["date", "as_of", "account_id", *(prefix + name for prefix in prefixes for name in _FIELDS)]
    )

    def take(point: ReplayPoint) -> None:
        cells = [getattr(verdict, name) for verdict in point.verdicts for name in _FIELDS]
        writer.writerow([_day(days, point.as_of), point.as_of.isoformat(), point.account_id, *cells])

    return take


def as_document(done: Replay) -> dict[str, Any]:
    """Return the replay as JSON has it."""
    days = WorkspaceDays(done.zone)
    compared = None if done.comparison is None else asdict(done.comparison)
    return {
        "scorecard": done.request.scorecards[0],
        "against": done.request.scorecards[1] if len(done.request.scorecards) > 1 else None,
        "dates": [_day(days, moment) for moment in done.request.moments],
        "items": [_item(days, point) for point in done.points],
        "comparison": compared,
    }


def comparison_lines(done: Replay) -> Iterator[str]:
    """Yield the summary of two scorecards side by side."""
    compared = done.comparison
    assert compared is not None, "two scorecards were asked for"
    first, second = done.request.scorecards
    last = _day(WorkspaceDays(done.zone), done.request.moments[-1])
    yield f"{second} against {first}, {compared.accounts:,} accounts, {len(done.request.moments):,} dates up to {last}."
    yield from _differences(compared)
    yield f"Band on the last date: {compared.changed:,} of {compared.accounts:,} accounts change it."
    for move in compared.band_moves:
        if move.before != move.after:
            yield f"  {move.before} -> {move.after}: {move.accounts:,}"
    if compared.movers:
        yield "Moved most on the last date:"
        for mover in compared.movers:
            yield from _mover(mover)


def _differences(compared: Comparison) -> Iterator[str]:
    if compared.mean is None or compared.mean_absolute is None:
        yield "No account has a score under both."
        return
    spread = ", ".join(f"p{at} {_signed(value)}" for at, value in compared.percentiles.items())
    yield (
        f"Difference of score over {compared.points:,} scores: mean {_signed(compared.mean)}, "
        f"mean size {compared.mean_absolute:.1f}; {spread}."
    )
    if compared.rank_correlation is not None:
        yield f"Rank correlation on the last date: {compared.rank_correlation:.3f}."


def _mover(mover: Mover) -> Iterator[str]:
    bands = (
        mover.band_before
        if mover.band_before == mover.band_after
        else f"{mover.band_before} -> {mover.band_after}"
    )
    scores = f"{_number(mover.before)} -> {_number(mover.after)}"
    yield f"  {mover.account_id}: {scores} ({_signed(mover.difference)}), {bands}"
    for driver in mover.drivers:
        yield f"      {driver.metric}: {_signed(driver.before)} -> {_signed(driver.after)} points"


def _item(days: WorkspaceDays, point: ReplayPoint) -> dict[str, Any]:
    first, *others = point.verdicts
    item = {"account_id": point.account_id, "date": _day(days, point.as_of), "as_of": point.as_of.isoformat()}
    return {**item, **_cells(first), **({"against": _cells(others[0])} if others else {})}


def _cells(verdict: Verdict) -> dict[str, Any]:
    return {
        "score": verdict.score,
        "band": verdict.band,
        "coverage": verdict.coverage,
        "scorecard": {"name": verdict.scorecard, "version": verdict.version},
        "by_hand": verdict.by_hand,
    }


def _day(days: WorkspaceDays, moment: datetime) -> str:
    return datetime.fromordinal(days.through(moment)).date().isoformat()


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _signed(value: float) -> str:
    return f"{value:+.1f}"
