"""A channel's settings by their section, and by the flat names of before."""

import pytest

from radar_alerts.settings import Settings
from radar_chassis.config import load_settings
from radar_chassis.errors import ConfigurationError


def test_a_flat_name_sets_the_same_as_the_section(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RADAR_ALERTS__SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("RADAR_ALERTS__EMAIL__SENDER", "radar@vendor.example")
    alerts = load_settings(Settings).alerts
    assert alerts.section("slack").bot_token.get_secret_value() == "xoxb-1"
    assert alerts.section("email").sender == "radar@vendor.example"


def test_the_names_of_the_last_release_go_on_working() -> None:
    queue = {"slack_channel": "C1", "email": "key@vendor.example"}
    given = {"smtp_url": "smtp://mail", "email_from": "radar@vendor.example", "queues": {"key": queue}}
    alerts = load_settings(Settings, alerts=given).alerts
    assert alerts.section("email").smtp_url.get_secret_value() == "smtp://mail"
    assert alerts.section("email").sender == "radar@vendor.example"
    assert alerts.queues["key"].targets == {"slack": "C1", "email": "key@vendor.example"}


def test_a_setting_given_by_both_names_is_a_mistake() -> None:
    with pytest.raises(ConfigurationError, match=r"slack_bot_token and alerts\.slack\.bot_token are one"):
        load_settings(Settings, alerts={"slack_bot_token": "a", "slack": {"bot_token": "b"}})


@pytest.mark.parametrize(
    "alerts", [{"pager": {}}, {"slack": {"colour": "red"}}, {"queues": {"key": {"fax": "1"}}}]
)
def test_a_channel_or_setting_that_there_is_none_of_is_named(alerts: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError, match="alerts"):
        load_settings(Settings, alerts=alerts)
