"""Everything that can be set: what the environment and the YAML file are checked against."""

from typing import Any

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

import radar_alerts.settings
import radar_health_score.settings
import radar_ingest.settings
from radar_chassis import config


class Settings(
    radar_ingest.settings.Settings, radar_health_score.settings.Settings, radar_alerts.settings.Settings
):
    """The settings of all services, and the console's. An unknown name is a mistake."""

    model_config = SettingsConfigDict(extra="forbid")

    ingest_url: str | None = Field(None, description="the ingest service, for the console")
    health_url: str | None = Field(None, description="the health-score service, for the console")
    alerts_url: str | None = Field(None, description="the alerts service, for the console")
    console_key: SecretStr | None = Field(
        None, description="the API key the console asks with (read, act); empty: bootstrap_key"
    )


def load_settings(**overrides: Any) -> Settings:
    """Return the settings in force. Raises ConfigurationError, which names every mistake."""
    return config.load_settings(Settings, **overrides)
