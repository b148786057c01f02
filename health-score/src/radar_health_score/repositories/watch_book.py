"""What was seen of the champion, in SQL: a JSON value for each look."""

from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text, delete, insert, select

from radar_health_score.domain.forecast.drift import Watched
from radar_health_score.domain.workspace.workspace_days import to_micros

_watches: Final = Table(
    "forecast_watches",
    MetaData(),
    Column("made_at", BigInteger, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("watched", Text),
)
_decoder: Final = msgspec.json.Decoder(Watched)


class WatchBook:
    """Keeps what was seen."""

    def keep(self, connection: Connection, watched: Watched) -> None:
        """Keep it."""
        text = msgspec.json.encode(watched).decode()
        connection.execute(
            insert(_watches).values(made_at=to_micros(watched.made_at), version=watched.version, watched=text)
        )

    def latest(self, connection: Connection) -> Watched | None:
        """Return what was seen last."""
        last = select(_watches.c.watched).order_by(_watches.c.made_at.desc()).limit(1)
        text = connection.execute(last).scalar()
        return None if text is None else _decoder.decode(text)

    def forget(self, connection: Connection) -> None:
        """Forget everything: nobody is champion any more."""
        connection.execute(delete(_watches))
