"""What the product says about records, and the sum of it over an import."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from radar.importer.record import Record
from radar_vocabulary.answers.receipts import Receipt

EXAMPLES: Final = 3


@dataclass(kw_only=True)
class Group:
    """Records with the same code, and the places of the first few."""

    reason: str
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, place: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(place)


class Summary:
    """Receipts of a whole import, added up from several threads."""

    def __init__(self) -> None:
        self.accepted = 0
        self.duplicate = 0
        self.rejected = 0
        self.rejections: dict[str, Group] = {}
        self.warnings: dict[str, Group] = {}
        self._lock = threading.Lock()

    def add(self, records: Sequence[Record], receipt: Receipt) -> None:
        """Add the receipt for ``records``."""
        with self._lock:
            self.accepted += receipt.accepted
            self.duplicate += receipt.duplicate
            self.rejected += receipt.rejected
            for result in receipt.results:
                place = records[result.index].place
                if result.status == "rejected":
                    self._note(self.rejections, result.code or "rejected", result.reason or "", place)
                for warning in result.warnings:
                    self._note(self.warnings, warning, warning, place)

    def as_json(self) -> dict[str, Any]:
        """Return the sums as plain values."""
        return {
            "accepted": self.accepted,
            "duplicate": self.duplicate,
            "rejected": self.rejected,
            "rejections": [
                {"code": code, "reason": group.reason, "count": group.count, "examples": group.examples}
                for code, group in self.rejections.items()
            ],
            "warnings": [
                {"warning": group.reason, "count": group.count, "examples": group.examples}
                for group in self.warnings.values()
            ],
        }

    @staticmethod
    def _note(groups: dict[str, Group], name: str, reason: str, place: str) -> None:
        groups.setdefault(name, Group(reason=reason)).add(place)
