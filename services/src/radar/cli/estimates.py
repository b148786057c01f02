"""Estimates as the terminal shows them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from radar_vocabulary.answers.estimates import Estimate


def span(estimate: "Estimate") -> str:
    """Return an estimate with its interval: ``0.712 [0.650, 0.770]``."""
    if estimate.low is None or estimate.high is None:
        return point(estimate)
    return f"{point(estimate)} [{estimate.low:.3f}, {estimate.high:.3f}]"


def point(estimate: "Estimate", digits: int = 3) -> str:
    """Return an estimate without its interval; a dash where there is none."""
    return "-" if estimate.value is None else f"{estimate.value:.{digits}f}"
