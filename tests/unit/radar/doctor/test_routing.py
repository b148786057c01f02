"""The doctor reads the routing."""

from radar.doctor.routing import check_routing
from radar.settings import Settings

EMEA = {"channels": ["slack", "email"], "slack": "C1", "email": "emea@x.example"}


def findings(**alerts):
    return [(one.state, one.detail) for one in check_routing(Settings(alerts=alerts))]


def test_without_a_routing_there_is_nothing_to_find():
    assert findings() == []


def test_what_can_be_in_force_is_named_and_what_will_be_left_out(tmp_path):
    file = tmp_path / "routing.yaml"
    file.write_text("{routes: [{match: {segment: key}, to: emea}], fallback: owner}")
    assert findings(routing=str(file), receivers={"emea": EMEA}, slack_bot_token="xoxb-1") == [
        ("ok", "1 routes; receivers: emea"),
        ("note", "emea has the channel email, which is not set up: it is left out"),
    ]


def test_every_mistake_is_found_before_the_service_fails_to_start(tmp_path):
    ((state, detail),) = findings(routing={"routes": [{"to": "emae"}]}, receivers={"emea": {"fax": 1}})
    assert state == "failed"
    for part in (
        "receivers.emea.fax is not a field",
        "no receiver emae (did you mean emea?)",
        "fallback is missing",
    ):
        assert part in detail
    assert "can't be read" in findings(routing=str(tmp_path / "nowhere.yaml"))[0][1]
    twice = findings(routing={"receivers": {"emea": EMEA}, "fallback": "emea"}, receivers={"emea": EMEA})
    assert "both have emea" in twice[0][1]
