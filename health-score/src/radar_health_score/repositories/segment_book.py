"""The portfolio's cuts, and who looks at it when, in SQL."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Float,
    Integer,
    MetaData,
    Table,
    Text,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from radar_health_score.domain.workspace.segment_cut import Cut
from radar_health_score.domain.workspace.workspace_days import from_micros, to_micros
from radar_health_score.repositories.segment_records import Cuts, PortfolioSize
from radar_health_score.repositories.tables import account_revenue
from radar_vocabulary.contracts.scalars import Money

_metadata: Final = MetaData()
_cuts: Final = Table(
    "segment_cuts",
    _metadata,
    Column("since", BigInteger, primary_key=True),
    Column("cuts", Text),
)
_looks: Final = Table(
    "segment_looks",
    _metadata,
    Column("look", Integer, primary_key=True),
    Column("looked_at", BigInteger),
    Column("payers", Integer),
    Column("arr", Float(53)),
)
_R: Final = account_revenue.c
_THE_LOOK: Final = 1
_decoder: Final = msgspec.json.Decoder(dict[str, Cut])


class CutBook:
    """Keeps the portfolio's cuts, each with the moment from which it holds, for all processes."""

    def cuts(self, connection: Connection) -> Cuts:
        """Return the cuts in force, by currency; empty where there are none yet."""
        newest = select(_cuts.c.cuts).order_by(_cuts.c.since.desc()).limit(1)
        text: str | None = connection.execute(newest).scalar()
        return {} if text is None else _decoder.decode(text)

    def note(self, connection: Connection, cuts: Cuts, since: datetime) -> None:
        """Put these in force."""
        text = msgspec.json.encode(cuts, order="deterministic").decode()
        noted = _insert(connection, _cuts).values(since=to_micros(since), cuts=text)
        connection.execute(noted.on_conflict_do_update(index_elements=["since"], set_={"cuts": text}))

    def look(self, connection: Connection, at: datetime) -> PortfolioSize:
        """Return how the portfolio looks, by its accounts' latest health."""
        query = select(func.count(_R.account_no.distinct()), func.sum(_R.arr)).where(_R.arr > 0)
        payers, arr = connection.execute(query).one()
        return PortfolioSize(at=at, payers=payers, arr=arr or 0.0)

    def last_look(self, connection: Connection) -> PortfolioSize | None:
        """Return the last look that somebody claimed; None: nobody ever has."""
        row = connection.execute(select(_looks.c.looked_at, _looks.c.payers, _looks.c.arr)).first()
        return (
            None
            if row is None
            else PortfolioSize(at=from_micros(row.looked_at), payers=row.payers, arr=row.arr)
        )

    def claim(self, connection: Connection, before: PortfolioSize | None, now: PortfolioSize) -> bool:
        """Say that we see to the cut now; return False where somebody else has done so since ``before``."""
        looked = {"looked_at": to_micros(now.at), "payers": now.payers, "arr": now.arr}
        if before is None:
            first = _insert(connection, _looks).values(look=_THE_LOOK, **looked).on_conflict_do_nothing()
            return connection.execute(first.returning(_looks.c.look)).first() is not None
        unseen = _looks.c.looked_at == to_micros(before.at)
        return connection.execute(update(_looks).where(unseen).values(**looked)).rowcount == 1

    def portfolio(self, connection: Connection) -> Iterator[Sequence[Money]]:
        """Yield what each account that pays anything does, a sum a year per currency."""
        query = select(_R.account_no, _R.currency, _R.arr).where(_R.arr > 0).order_by(_R.account_no)
        for _, rows in groupby(connection.execute(query), key=lambda row: row.account_no):
            yield [Money(amount=row.arr, currency=row.currency) for row in rows]


def _insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
