"""Reads families of accounts: one recursive query each way, which a circle doesn't keep from ending."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import CTE, Connection, Label, Text, bindparam, select

from radar_health_score.domain.portfolio.family import Parents, Relative
from radar_health_score.repositories.tables import account_revenue, latest_health

_H: Final = latest_health.c
_R: Final = account_revenue.c


class FamilyRows:
    """Reads the latest health of related accounts."""

    def below(self, connection: Connection, account_id: str) -> Sequence[Relative]:
        """Return the account itself and everything that has it above, each once, whatever circles there are."""
        family = _down_from(account_id)
        query = (
            select(_H.account_no, _H.account_id, _H.parent_id, _H.name, _H.standing, _H.score, _H.band)
            .join(family, family.c.account_id == _H.account_id)
            .order_by(_H.account_no)
        )
        rows = list(connection.execute(query))
        arr, at_risk = self._revenue(connection, _down_from(account_id))
        return [
            Relative(
                account_id=name_of,
                parent_id=parent_id,
                name=name,
                standing=standing,
                score=score,
                band=band,
                arr=arr.get(no, {}),
                arr_at_risk=at_risk.get(no, {}),
            )
            for no, name_of, parent_id, name, standing, score, band in rows
        ]

    def above(self, connection: Connection, account_id: str) -> Parents:
        """Return the parents that were told of the account and of everything above it."""
        line = select(_start(account_id)).cte("line", recursive=True)
        line = line.union(select(_H.parent_id).join(line, line.c.account_id == _H.account_id))
        query = select(_H.account_id, _H.parent_id).join(line, line.c.account_id == _H.account_id)
        return {row.account_id: row.parent_id for row in connection.execute(query)}

    def _revenue(
        self, connection: Connection, family: CTE
    ) -> tuple[dict[int, dict[str, float]], dict[int, dict[str, float]]]:
        arr: dict[int, dict[str, float]] = {}
        at_risk: dict[int, dict[str, float]] = {}
        query = (
            select(_R.account_no, _R.currency, _R.arr, _R.arr_at_risk)
            .join(latest_health, _H.account_no == _R.account_no)
            .join(family, family.c.account_id == _H.account_id)
        )
        for no, currency, paid, risk in connection.execute(query):
            arr.setdefault(no, {})[currency] = paid
            if risk is not None:
                at_risk.setdefault(no, {})[currency] = risk
        return arr, at_risk


def _down_from(account_id: str) -> CTE:
    family = select(_start(account_id)).cte("family", recursive=True)
    return family.union(select(_H.account_id).join(family, family.c.account_id == _H.parent_id))


def _start(account_id: str) -> Label[str]:
    return bindparam("start", account_id, type_=Text).label("account_id")
