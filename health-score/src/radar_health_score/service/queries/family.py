"""Families of accounts, as they are now."""

from sqlalchemy import Connection

from radar_health_score.domain.portfolio.family import Relative, ancestors, members, on_a_circle, roll_up
from radar_health_score.domain.workspace.exchange import Amounts, Rates
from radar_health_score.repositories.family_rows import FamilyRows
from radar_vocabulary.answers.families import Family, WorstMember
from radar_vocabulary.contracts.scalars import Money

OWN_PARENT = "This account is told to be its own parent, so it counts as having none; send another parent_id."
ON_A_CIRCLE = (
    "Following the parents of this account leads back to it, so it counts as having none; "
    "send another parent_id for one of the accounts on the way."
)


class FamilyQueries:
    """Rolls up families from their members' latest health, so that a change of any is in the next answer."""

    def __init__(self, rows: FamilyRows, rates: Rates) -> None:
        self._rows = rows
        self._rates = rates

    def family(self, connection: Connection, account_id: str) -> Family | None:
        """Return the family below an account; None where there is neither a parent nor a child."""
        parents = self._rows.above(connection, account_id)
        told = members(account_id, self._rows.below(connection, account_id))
        below = [(depth, one) for depth, one in told if depth]
        if not below and parents.get(account_id) is None:
            return None
        rolled = roll_up(account_id, [one for _, one in told], self._rates)
        return Family(
            ancestors=ancestors(account_id, parents),
            children=sum(1 for depth, _ in below if depth == 1),
            members=rolled.members,
            levels=max((depth for depth, _ in below), default=0),
            score=rolled.score,
            weighted_by=rolled.weighted_by,
            worst=_worst(rolled.worst),
            arr=_money(rolled.arr),
            arr_at_risk=_money(rolled.arr_at_risk),
            ignored=_ignored(account_id, parents.get(account_id), circle=on_a_circle(account_id, parents)),
        )

    def beside(self, connection: Connection, account_id: str) -> frozenset[str]:
        """Return the accounts on a circle with this one: told to be below it, they aren't."""
        parents = self._rows.above(connection, account_id)
        return frozenset(parents) if on_a_circle(account_id, parents) else frozenset()


def _ignored(account_id: str, parent_id: str | None, *, circle: bool) -> str | None:
    if parent_id == account_id:
        return OWN_PARENT
    return ON_A_CIRCLE if circle else None


def _worst(member: Relative | None) -> WorstMember | None:
    if member is None or member.score is None:
        return None
    return WorstMember(account_id=member.account_id, name=member.name, score=member.score, band=member.band)


def _money(amounts: Amounts) -> list[Money]:
    return [Money(amount=amount, currency=currency) for currency, amount in sorted(amounts.items())]
