"""What was seen of the champion, in SQL: a JSON value for each look."""

from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text, delete, insert, select

from radar_health_score.domain.forecast.drift import Watched
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.service.forecast.watching import WatchBook

_watches: Final = Table(
    "forecast_watches",
    MetaData(),
    Column("made_at", BigInteger, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("watched", Text),
)
_decoder: Final = msgspec.json.Decoder(Watched)


class SqlWatchBook(WatchBook):
    """``WatchBook`` on either database."""

    def keep(self, connection: Connection, watched: Watched) -> None:
        """See ``WatchBook``."""
        text = msgspec.json.encode(watched).decode()
        connection.execute(
            insert(_watches).values(made_at=to_micros(watched.made_at), version=watched.version, watched=text)
        )

    def latest(self, connection: Connection) -> Watched | None:
        """See ``WatchBook``."""
        last = select(_watches.c.watched).order_by(_watches.c.made_at.desc()).limit(1)
        text = connection.execute(last).scalar()
        return None if text is None else _decoder.decode(text)

    def forget(self, connection: Connection) -> None:
        """See ``WatchBook``."""
        connection.execute(delete(_watches))
