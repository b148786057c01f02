"""What is answered about families of accounts."""

from typing import Literal

from msgspec import Struct

from radar_vocabulary.contracts.scalars import Band, Money


class WorstMember(Struct, frozen=True, kw_only=True):
    """The member with the lowest score."""

    account_id: str
    name: str | None
    score: float
    band: Band


class Family(Struct, frozen=True, kw_only=True):
    """An account and everything below it, rolled up, as last scored.

    Attributes:
        ancestors: the accounts above, nearest first.
        children: accounts directly below; ``members`` counts everybody, the account itself included.
        levels: how many levels there are below the account.
        score: mean of the scores, weighted as ``weighted_by`` says; null where nobody has one.
        worst: of those below.
        arr, arr_at_risk: sums over all members, one per currency.
        ignored: why the account's own parent_id is left out of account; null where it isn't.
    """

    ancestors: tuple[str, ...]
    children: int
    members: int
    levels: int
    score: float | None
    weighted_by: Literal["arr", "accounts"]
    worst: WorstMember | None
    arr: list[Money]
    arr_at_risk: list[Money]
    ignored: str | None
