"""One publish on its way: which of its records the broker has acknowledged, and what came of it."""

from collections.abc import Callable, Sequence
from typing import Any, overload

from radar_chassis.bus.in_flight import Pending
from radar_chassis.bus.port import Partition, Position


class Acknowledged(Sequence[Position]):
    """Positions of acknowledged records, made only when somebody looks: few callers do."""

    __slots__ = ("_receipts",)

    def __init__(self, receipts: Sequence[Any]) -> None:
        self._receipts = receipts

    def __len__(self) -> int:
        return len(self._receipts)

    @overload
    def __getitem__(self, index: int) -> Position: ...

    @overload
    def __getitem__(self, index: slice) -> "Acknowledged": ...

    def __getitem__(self, index: int | slice) -> "Position | Acknowledged":
        if isinstance(index, slice):
            return Acknowledged(self._receipts[index])
        receipt = self._receipts[index].value
        return Position(Partition(receipt.topic, receipt.partition), receipt.offset)


class Delivery:
    """Follows the records of one publish until each is acknowledged or given up."""

    __slots__ = ("_ended", "_receipts", "_unseen", "ended", "pending")

    def __init__(
        self, pending: Pending, receipts: list[Any], ended: Callable[["Delivery", BaseException | None], None]
    ) -> None:
        self.pending = pending
        self.ended = False
        self._receipts = receipts
        self._ended = ended
        self._unseen = len(receipts) - 1

    def follow(self, _: object = None) -> None:
        """Go on to the last record without an answer, and wait for that one.

        A partition's records are answered in order, so this attaches to about one record per partition and not
        to each, which is what keeps us near the speed of the bare client.
        """
        receipts = self._receipts
        unseen = self._unseen
        while unseen >= 0 and receipts[unseen].is_done:
            unseen -= 1
        self._unseen = unseen
        if unseen >= 0:
            receipts[unseen].add_both(self.follow)
            return
        self.ended = True
        failed = next((receipt.exception for receipt in receipts if receipt.exception is not None), None)
        self._ended(self, failed)

    def acknowledged(self) -> Acknowledged:
        """Return where the records came to stand."""
        return Acknowledged(self._receipts)
