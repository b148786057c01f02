"""What became of a driver between two moments, in one sentence: how it is now, and how it was before."""

from radar_chassis.contracts.health import Driver


def told_change(before: Driver | None, now: Driver | None, counted: bool, counts: bool) -> str:  # noqa: FBT001
    """Return the sentence; empty where the metric had no points at either moment.

    ``counted`` and ``counts`` say whether the scorecards of the two moments look at the metric at all.
    """
    if now is None:
        return f"{before.text}; now: {_absence(counts)}" if before else ""
    if before is None:
        return f"{now.text}; before: {_absence(counted)}"
    if now.text == before.text:
        return now.text
    return f"{now.text}; before: {_inside(before.text)}"


def _absence(looked_at: bool) -> str:  # noqa: FBT001
    return "no data" if looked_at else "not in the scorecard"


def _inside(sentence: str) -> str:
    """Return the sentence as it stands inside another; MRR stays MRR."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]
