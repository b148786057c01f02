"""The routing that the settings say."""

from pathlib import Path

import pytest
import yaml

from radar_alerts.domain.languages import Languages
from radar_alerts.domain.routing.route_file import RoutingInvalid
from radar_alerts.domain.routing.tree import route
from radar_alerts.notifiers.set_up import available_channels, surroundings_for
from radar_alerts.routing_settings import read_routing_settings, routing_tree
from radar_alerts.settings import Settings
from tests.support.routing import facts
from tests.support.surroundings import surroundings

EXAMPLE = Path(__file__).parents[3] / "deploy" / "config.example.yaml"
QUEUES = {"key": {"slack": "C1"}}


def told(**alerts):
    wanted = Settings(alerts={"slack_bot_token": "xoxb-1", "queues": QUEUES, **alerts}).alerts
    channels = available_channels(wanted)
    tree = routing_tree(wanted, channels=channels, languages=Languages(), time_zone="Europe/Berlin")
    return route(facts(), tree).receivers


def test_without_a_routing_the_owner_is_told_and_else_the_queue() -> None:
    (anna,) = told()
    assert [f"{one.channel}:{one.target}" for one in anna.destinations] == [
        "slack:U1",
        "slack:C1",
        "console:Anna",
    ]
    assert (anna.quiet, anna.time_zone) == (None, "Europe/Berlin")


def test_working_times_need_no_tree() -> None:
    (anna,) = told(receivers={"owner": {"time_zone": "Asia/Tokyo", "working_days": ["mon"]}})
    assert anna.quiet is not None
    assert (anna.quiet.time_zone, anna.quiet.working_days) == ("Asia/Tokyo", (0,))


def test_a_tree_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RADAR_ALERTS__ROUTING", '{"fallback": ["operators"]}')
    assert read_routing_settings(Settings().alerts).fallback == ("operators",)


def test_the_path_of_a_file_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "routing.yaml").write_text("fallback: [queue]")
    monkeypatch.setenv("RADAR_ALERTS__ROUTING", str(tmp_path / "routing.yaml"))
    assert read_routing_settings(Settings().alerts).fallback == ("queue",)


def test_the_example_in_the_settings_file_can_be_used() -> None:
    text = EXAMPLE.read_text()
    begins = text.index("  #   receivers:            #")
    lines = text[begins : text.index("  receivers: {}")].splitlines()
    example = yaml.safe_load("\n".join(line.removeprefix("  #   ") for line in lines))
    found = read_routing_settings(Settings(alerts={"routing": example}).alerts)
    assert list(found.receivers) == ["emea", "owner"]
    assert found.routes[0].routes[0].to == ("emea", "operators")


def test_where_a_team_is_was_set_by_operators_and_is_trusted() -> None:
    wanted = Settings(alerts={"receivers": {"emea": {"email": "emea@x.example"}}}).alerts
    assert surroundings_for("email", wanted, surroundings()).trusted == {"emea@x.example"}


def test_the_console_is_always_the_last_and_no_channel_to_choose() -> None:
    with pytest.raises(RoutingInvalid, match="console is not a field"):
        told(receivers={"emea": {"console": "x"}})
