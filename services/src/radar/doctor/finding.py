"""What a check found."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from radar_chassis.errors import RadarError

State = Literal["ok", "note", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """``note``: it works like this, but you may want to know."""

    check: str
    state: State
    detail: str


def finding(check: str, look: Callable[[], str]) -> Finding:
    """Return what ``look`` says, or why it failed."""
    try:
        return Finding(check=check, state="ok", detail=look())
    except RadarError as error:
        return Finding(check=check, state="failed", detail=error.detail)
