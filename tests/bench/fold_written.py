"""What one batch of the fold wrote: the floor writes the same ids and the same rollup rows, byte for byte."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchWritten:
    """A committed batch: when, how many records, the ids claimed by week, the rollup rows, and all rows written."""

    records: int
    at: float
    claims: list[tuple[int, list[bytes]]]
    rollups: list[tuple[Any, ...]]
    rows: int
