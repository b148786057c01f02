"""Configurations and the scorecards they name, in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import msgspec
import structlog
from msgspec import Struct
from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text, select
from sqlalchemy.dialects import postgresql, sqlite

from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_health_score.domain.scoring.scorecard_set import Scorecards, ScorecardsClash
from radar_health_score.domain.scoring.scorecard_yaml import ScorecardInvalid, parse_scorecard
from radar_health_score.domain.scoring.traits import AppliesTo
from radar_health_score.domain.workspace.workspace_days import from_micros, to_micros
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.repositories.configuration_records import ScorecardUse
from radar_vocabulary.answers.scorecards import Period
from radar_vocabulary.contracts.scalars import Segment

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


class _NotedScorecards(Struct, frozen=True, kw_only=True):
    """The scorecards of a configuration as they are written down: the versions of each layer.

    A mapping is a note from before scorecards said themselves whom they apply to: one for each segment.
    """

    scorecards: list[list[str]] | dict[Segment, str]

    def versions(self) -> frozenset[str]:
        """Return the versions of all the scorecards."""
        if isinstance(self.scorecards, dict):
            return frozenset(self.scorecards.values())
        return frozenset(version for layer in self.scorecards for version in layer)


class _Noted(_NotedScorecards, frozen=True, kw_only=True):
    """A whole configuration as it is written down."""

    rules: WorkspaceSettings


_encoder: Final = msgspec.json.Encoder(order="deterministic")
_decoder: Final = msgspec.json.Decoder(_Noted)
_scorecards_decoder: Final = msgspec.json.Decoder(_NotedScorecards)


class ConfigurationBook:
    """Keeps every scorecard that was ever used, and what was in force since when."""

    def __init__(self) -> None:
        self._read: dict[str, Scorecard] = {}
        self._noted: dict[str, Configuration] = {}

    def register(self, connection: Connection, configuration: Configuration, since: datetime) -> bool:
        """Note what is in force from ``since`` on; return whether that is a change."""
        moment = to_micros(since)
        for scorecard in configuration.scorecards.in_force():
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
        """Return what was in force at ``moment``; None before the first note, or where it can't be read any more."""
        text = self._text(connection, to_micros(moment))
        if text is None:
            return None
        if text not in self._noted:
            noted = _decoded(text)
            scorecards = self._scorecards(connection, noted.scorecards) if noted else None
            if noted is None or scorecards is None:
                return None
            self._noted[text] = Configuration(scorecards=scorecards, workspace=noted.rules)
        return self._noted[text]

    def scorecard(self, connection: Connection, version: str) -> Scorecard | None:
        """Return a scorecard that was used once; None where it isn't known, or can't be read any more."""
        if version not in self._read:
            text = connection.execute(select(_versions.c.text).where(_versions.c.version == version)).scalar()
            scorecard = None if text is None else _parsed(text, version)
            if scorecard is None:
                return None
            self._read[version] = scorecard
        return self._read[version]

    def uses(self, connection: Connection) -> Sequence[ScorecardUse]:
        """Return every scorecard that was ever used, and when it was in force; the one used first comes first."""
        notes = connection.execute(
            select(_configurations.c.since, _configurations.c.configuration).order_by(_configurations.c.since)
        )
        periods = _periods([(since, _scorecards_decoder.decode(text).versions()) for since, text in notes])
        known = select(_versions.c.version, _versions.c.name).order_by(
            _versions.c.first_used_at, _versions.c.name
        )
        return [
            ScorecardUse(version=version, name=name, periods=tuple(periods.get(version, ())))
            for version, name in connection.execute(known)
        ]

    def _scorecards(
        self, connection: Connection, noted: list[list[str]] | dict[Segment, str]
    ) -> Scorecards | None:
        versions = [list(noted.values())] if isinstance(noted, dict) else noted
        found = [[self.scorecard(connection, version) for version in layer] for layer in versions]
        layers = [[one for one in layer if one is not None] for layer in found]
        if [len(layer) for layer in layers] != [len(layer) for layer in found]:
            return None
        if isinstance(noted, dict):
            layers = [[_of_segment(one, segment) for one, segment in zip(layers[0], noted, strict=True)]]
        try:
            return Scorecards.of(*layers)
        except ScorecardsClash as error:
            log.warning("scorecards_unreadable", problems=error.problems)
            return None

    def _text(self, connection: Connection, moment: int) -> str | None:
        since = _configurations.c.since
        query = select(_configurations.c.configuration).where(since <= moment).order_by(since.desc()).limit(1)
        text: str | None = connection.execute(query).scalar()
        return text


def _noted(configuration: Configuration) -> str:
    versions = [[one.version for one in layer] for layer in configuration.scorecards.layers]
    return _encoder.encode(_Noted(scorecards=versions, rules=configuration.workspace)).decode()


def _periods(notes: Sequence[tuple[int, frozenset[str]]]) -> Mapping[str, Sequence[Period]]:
    """Return by version when it was in force, given what was noted when, oldest first."""
    began: dict[str, int] = {}
    periods: dict[str, list[Period]] = {}
    for at, versions in (*notes, (0, frozenset())):
        for version in [one for one in began if one not in versions]:
            until = from_micros(at) if at else None
            period = Period(since=from_micros(began.pop(version)), until=until)
            periods.setdefault(version, []).append(period)
        for version in versions:
            began.setdefault(version, at)
    return periods


def _of_segment(scorecard: Scorecard, segment: Segment) -> Scorecard:
    return replace(scorecard, applies_to=AppliesTo(segment=frozenset({segment})))


def _decoded(text: str) -> _Noted | None:
    try:
        return _decoder.decode(text)
    except msgspec.ValidationError as error:
        log.warning("configuration_unreadable", problem=str(error))
        return None


def _parsed(text: str, version: str) -> Scorecard | None:
    try:
        return parse_scorecard(text)
    except ScorecardInvalid as error:
        log.warning("scorecard_unreadable", version=version, problems=error.problems)
        return None


def _insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
