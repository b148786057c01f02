"""Configurations and the scorecards they name, in SQL."""

from datetime import datetime
from typing import Final

import msgspec
import structlog
from msgspec import Struct
from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text, select
from sqlalchemy.dialects import postgresql, sqlite

from radar_chassis.contracts.scalars import Segment
from radar_health_score.domain.configuration import Configuration
from radar_health_score.domain.rules import WorkspaceRules
from radar_health_score.domain.scorecard import Scorecard
from radar_health_score.domain.scorecard_yaml import ScorecardInvalid, parse_scorecard
from radar_health_score.domain.workspace_days import to_micros
from radar_health_score.service.configurations import ConfigurationBook

log = structlog.get_logger()
_metadata: Final = MetaData()
_versions: Final = Table(
    "scorecard_versions",
    _metadata,
    Column("version", Text, primary_key=True),
    Column("name", Text),
    Column("text", Text),
    Column("first_used_at", BigInteger),
)
_configurations: Final = Table(
    "configurations",
    _metadata,
    Column("since", BigInteger, primary_key=True),
    Column("configuration", Text),
)


class _Noted(Struct, frozen=True, kw_only=True):
    """A configuration as it is written down: scorecards by version."""

    scorecards: dict[Segment, str]
    rules: WorkspaceRules


_encoder: Final = msgspec.json.Encoder(order="deterministic")
_decoder: Final = msgspec.json.Decoder(_Noted)


class SqlConfigurationBook(ConfigurationBook):
    """``ConfigurationBook`` on either database. A version never changes, so what was read once is remembered."""

    def __init__(self) -> None:
        self._read: dict[str, Scorecard] = {}

    def register(self, connection: Connection, configuration: Configuration, since: datetime) -> bool:
        """See ``ConfigurationBook``."""
        moment = to_micros(since)
        for scorecard in configuration.scorecards.values():
            insert = _insert(connection, _versions).values(
                version=scorecard.version, name=scorecard.name, text=scorecard.text(), first_used_at=moment
            )
            connection.execute(insert.on_conflict_do_nothing())
        text = _noted(configuration)
        if self._text(connection, moment) == text:
            return False
        insert = _insert(connection, _configurations).values(since=moment, configuration=text)
        connection.execute(
            insert.on_conflict_do_update(index_elements=["since"], set_={"configuration": text})
        )
        return True

    def in_force(self, connection: Connection, moment: datetime) -> Configuration | None:
        """See ``ConfigurationBook``."""
        text = self._text(connection, to_micros(moment))
        if text is None:
            return None
        noted = _decoder.decode(text)
        found = {one: self.scorecard(connection, version) for one, version in noted.scorecards.items()}
        scorecards = {segment: scorecard for segment, scorecard in found.items() if scorecard is not None}
        return (
            Configuration(scorecards=scorecards, rules=noted.rules) if len(scorecards) == len(found) else None
        )

    def scorecard(self, connection: Connection, version: str) -> Scorecard | None:
        """See ``ConfigurationBook``."""
        if version not in self._read:
            text = connection.execute(select(_versions.c.text).where(_versions.c.version == version)).scalar()
            scorecard = None if text is None else _parsed(text, version)
            if scorecard is None:
                return None
            self._read[version] = scorecard
        return self._read[version]

    def _text(self, connection: Connection, moment: int) -> str | None:
        since = _configurations.c.since
        query = select(_configurations.c.configuration).where(since <= moment).order_by(since.desc()).limit(1)
        text: str | None = connection.execute(query).scalar()
        return text


def _noted(configuration: Configuration) -> str:
    versions = {segment: one.version for segment, one in configuration.scorecards.items()}
    return _encoder.encode(_Noted(scorecards=versions, rules=configuration.rules)).decode()


def _parsed(text: str, version: str) -> Scorecard | None:
    try:
        return parse_scorecard(text)
    except ScorecardInvalid as error:
        log.warning("scorecard_unreadable", version=version, problems=error.problems)
        return None


def _insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
