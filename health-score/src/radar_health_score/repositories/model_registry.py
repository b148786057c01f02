"""The registry of models in SQL: cards and models as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text, func, insert, select

from radar_health_score.domain.forecast.card import ModelCard
from radar_health_score.domain.forecast.model import Model, decode_model, encode_model
from radar_health_score.domain.workspace.workspace_days import from_micros, to_micros
from radar_vocabulary.answers.models import ChampionPeriod

_metadata: Final = MetaData()
_models: Final = Table(
    "models",
    _metadata,
    Column("version", Text, primary_key=True),
    Column("made_at", BigInteger),
    Column("card", Text),
    Column("model", Text),
)
_champions: Final = Table(
    "champions",
    _metadata,
    Column("since", BigInteger, primary_key=True),
    Column("version", Text),
    Column("reign", Text),
)
_encoder: Final = msgspec.json.Encoder()
_cards: Final = msgspec.json.Decoder(ModelCard)
_periods: Final = msgspec.json.Decoder(ChampionPeriod)


class ModelRegistry:
    """Keeps models as data, never as code."""

    def keep(self, connection: Connection, card: ModelCard, model: Model) -> None:
        """Keep a version; the same one kept twice is one."""
        if self.card(connection, card.version) is None:
            connection.execute(
                insert(_models).values(
                    version=card.version,
                    made_at=to_micros(card.made_at),
                    card=_encoder.encode(card).decode(),
                    model=encode_model(model),
                )
            )

    def cards(self, connection: Connection) -> Sequence[ModelCard]:
        """Return every version's card, the newest first."""
        query = select(_models.c.card).order_by(_models.c.made_at.desc(), _models.c.version)
        return [_cards.decode(text) for (text,) in connection.execute(query)]

    def card(self, connection: Connection, version: str) -> ModelCard | None:
        """Return a version's card."""
        text = connection.execute(select(_models.c.card).where(_models.c.version == version)).scalar()
        return None if text is None else _cards.decode(text)

    def model(self, connection: Connection, version: str) -> Model | None:
        """Return a version's model; raises FeatureMismatch, ModelUnreadable."""
        text = connection.execute(select(_models.c.model).where(_models.c.version == version)).scalar()
        return None if text is None else decode_model(text)

    def champion_periods(self, connection: Connection) -> Sequence[ChampionPeriod]:
        """Return who was champion since when, the latest first."""
        query = select(_champions.c.reign).order_by(_champions.c.since.desc())
        return [_periods.decode(text) for (text,) in connection.execute(query)]

    def champion_at(self, connection: Connection, moment: datetime | None) -> ChampionPeriod | None:
        """Return who was champion at ``moment`` (None: now); None before anybody was."""
        query = select(_champions.c.reign).order_by(_champions.c.since.desc()).limit(1)
        if moment is not None:
            query = query.where(_champions.c.since <= to_micros(moment))
        text = connection.execute(query).scalar()
        return None if text is None else _periods.decode(text)

    def hold(self, connection: Connection) -> None:
        """Let nobody else roll back until the transaction ends."""
        latest = select(_champions.c.since).order_by(_champions.c.since.desc()).limit(1)
        connection.execute(latest.with_for_update())

    def set_champion(self, connection: Connection, period: ChampionPeriod) -> ChampionPeriod:
        """Note the champion from a moment on, after whoever is there already; return it as noted."""
        latest = connection.execute(select(func.max(_champions.c.since))).scalar()
        since = to_micros(period.since) if latest is None else max(to_micros(period.since), latest + 1)
        noted = msgspec.structs.replace(period, since=from_micros(since))
        connection.execute(
            insert(_champions).values(
                since=since, version=period.version, reign=_encoder.encode(noted).decode()
            )
        )
        return noted
