"""Settings from the environment (RADAR_…) and one YAML file (RADAR_CONFIG), every mistake reported at once."""

import os
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    YamlConfigSettingsSource,
)
from yaml import YAMLError

from radar_chassis.config_values import LanguageTag, Zone
from radar_chassis.errors import ConfigurationError

S = TypeVar("S", bound="CommonSettings")


class Section(BaseModel):
    """A part of the settings; unknown names are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LogSettings(Section):
    """What the embedded log keeps though everybody has read it. Kafka's topics have settings of their own."""

    keep_hours: float = Field(24.0, ge=0, description="records this young stay")
    keep_records: int = Field(50_000, ge=0, description="but not more of them than this, a partition")
    trim_seconds: float = Field(60.0, gt=0, description="how often it is trimmed")


class CommonSettings(BaseSettings):
    """What every process can be told. Environment first, then the YAML file, then these defaults.

    Nested ones are written RADAR_INGEST__MAX_RECORDS in the environment, ``ingest: {max_records: …}`` in YAML.
    """

    model_config = SettingsConfigDict(
        env_prefix="RADAR_", env_nested_delimiter="__", extra="ignore", frozen=True, env_ignore_empty=True
    )

    data: Path = Field(Path("data"), description="folder of the embedded log and databases")
    bus_url: str | None = Field(None, description="kafka://host:port,… ; empty: the embedded log in `data`")
    database_url: SecretStr | None = Field(
        None, description="postgresql+psycopg://… ; empty: SQLite in `data`"
    )
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=0, le=65_535, description="port to listen on; 0: any free one")
    time_zone: Zone = Field("UTC", description="the workspace's time zone: days are cut in it")
    language: LanguageTag = Field(
        "en", description="the workspace's language: en, ja or zh-Hans; whoever asks may ask for another"
    )
    public_url: str | None = Field(None, description="where people reach the console, for links in notices")
    bootstrap_key: SecretStr | None = Field(None, description="an API key with every scope, made at start")
    events_partitions: int = Field(
        8, gt=0, le=1000, description="partitions of a topic that is made at start"
    )
    batch_records: int = Field(5_000, gt=0, description="records a consumer takes at a time, at most")
    grace_seconds: float = Field(20.0, gt=0, description="time to finish after SIGTERM")
    log_format: Literal["json", "console"] = "console"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log: LogSettings = LogSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - part of the hook's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments first, then the environment, then the YAML file."""
        file = os.environ.get("RADAR_CONFIG")
        yaml = (YamlConfigSettingsSource(settings_cls, yaml_file=file),) if file else ()
        return (init_settings, env_settings, *yaml)

    def database_for(self, service: str) -> str:
        """Return the SQLAlchemy URL of one service's database."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data / service).absolute()}.db"

    def bus_address(self) -> str:
        """Return the URL of the log."""
        return self.bus_url or f"sqlite:///{(self.data / 'log').absolute()}.db"


def load_settings(kind: type[S], **overrides: Any) -> S:
    """Return the settings in force, as the ``kind`` that the caller needs.

    Raises:
        ConfigurationError: names every setting that can't work, without showing its value.
    """
    file = os.environ.get("RADAR_CONFIG")
    if file and not Path(file).is_file():
        raise ConfigurationError(f"RADAR_CONFIG names {file}, which doesn't exist.")
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return kind(**given)
    except ValidationError as error:
        mistakes = "; ".join(_sentence(mistake["loc"], mistake["msg"]) for mistake in error.errors())
        raise ConfigurationError(f"Settings to correct: {mistakes}.") from None
    except (YAMLError, ValueError, TypeError):
        raise ConfigurationError(
            f"{file} isn't YAML with names and values; see deploy/config.example.yaml."
        ) from None


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(str(part) for part in location)}: {message}"
