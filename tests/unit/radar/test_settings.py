"""Settings come from arguments, environment and one file; every mistake is named at once."""

from pathlib import Path
from typing import Any

import pytest

from radar.settings import load_settings
from radar_chassis.errors import ConfigurationError


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("RADAR_")]:
        monkeypatch.delenv(name)


def test_without_any_setting_everything_is_embedded(tmp_path: Path) -> None:
    settings = load_settings(data=tmp_path)
    assert settings.bus_address() == f"sqlite:///{tmp_path}/log.db"
    assert settings.database_for("alerts") == f"sqlite:///{tmp_path}/alerts.db"


def test_the_environment_wins_over_the_file_and_arguments_over_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "radar.yaml"
    file.write_text("port: 1111\nhost: 0.0.0.0\ntime_zone: Europe/Berlin\ningest: {max_records: 7}\n")
    monkeypatch.setenv("RADAR_CONFIG", str(file))
    monkeypatch.setenv("RADAR_PORT", "2222")
    settings = load_settings(host="127.0.0.1")
    assert (settings.host, settings.port, settings.time_zone) == ("127.0.0.1", 2222, "Europe/Berlin")
    assert settings.ingest.max_records == 7


def test_all_mistakes_are_named_and_no_value_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "radar.yaml"
    file.write_text("colour: red\ntime_zone: Mars/Olympus\ningest: {max_records: none-of-your-business}\n")
    monkeypatch.setenv("RADAR_CONFIG", str(file))
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    message = caught.value.detail
    assert "colour" in message
    assert "time_zone" in message
    assert "ingest.max_records" in message
    assert "none-of-your-business" not in message


@pytest.mark.parametrize(
    ("told", "by_product"),
    [
        ("deal.won", {"default": ["deal.won"]}),
        ('["deal.won", "order"]', {"default": ["deal.won", "order"]}),
        (
            '{"crm": "deal.won", "shop": ["order", "refund"]}',
            {"crm": ["deal.won"], "shop": ["order", "refund"]},
        ),
        ("", {}),
    ],
)
def test_a_north_star_is_told_for_all_products_or_one_by_one(
    told: str, by_product: dict[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RADAR_HEALTH__NORTH_STAR", told)
    assert load_settings().health.north_star == by_product
    monkeypatch.delenv("RADAR_HEALTH__NORTH_STAR")
    file = tmp_path / "radar.yaml"
    file.write_text(f"health: {{north_star: {told}}}\n")
    monkeypatch.setenv("RADAR_CONFIG", str(file))
    assert load_settings().health.north_star == by_product


def test_targets_and_kinds_of_business_are_told_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RADAR_HEALTH__NORTH_STAR_TARGET", "40")
    monkeypatch.setenv("RADAR_HEALTH__BUSINESS_MODEL", '{"crm": "tool", "kit": "hardware"}')
    health = load_settings().health
    assert (health.north_star_target, health.business_model["kit"]) == ({"default": 40}, "hardware")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("NORTH_STAR", '{"crm": []}'), ("NORTH_STAR", '{"crm": '), ("NORTH_STAR", '[""]'),
        ("NORTH_STAR_TARGET", "many"), ("NORTH_STAR_TARGET", "-1"), ("BUSINESS_MODEL", "circus"),
    ],
)  # fmt: skip
def test_a_mistake_about_a_product_is_named(name: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"RADAR_HEALTH__{name}", told)
    with pytest.raises(ConfigurationError, match=f"health.{name.lower()}"):
        load_settings()


def test_a_key_account_pays_more_than_a_mid_one() -> None:
    with pytest.raises(ConfigurationError, match="key_from_arr must not lie below mid_from_arr"):
        load_settings(health={"key_from_arr": 5, "mid_from_arr": 6})


@pytest.mark.parametrize("content", [b"port: [", b"- 1", b"- abc", b"just words", b"\xff"])
def test_a_file_that_is_no_settings_is_said_to_be(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "radar.yaml"
    file.write_bytes(content)
    monkeypatch.setenv("RADAR_CONFIG", str(file))
    with pytest.raises(ConfigurationError, match="isn't YAML"):
        load_settings()


def test_a_file_that_is_not_there_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RADAR_CONFIG", "/nowhere/radar.yaml")
    with pytest.raises(ConfigurationError, match="which doesn't exist"):
        load_settings()


def test_the_example_names_every_setting_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    from radar.settings import Settings
    from radar_chassis.config import Section

    file = Path(__file__).parents[3] / "deploy" / "config.example.yaml"
    defaults = load_settings()
    monkeypatch.setenv("RADAR_CONFIG", str(file))
    assert load_settings() == defaults
    written = yaml.safe_load(file.read_text())
    assert written.keys() == Settings.model_fields.keys()
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            assert written[name].keys() == field.annotation.model_fields.keys()


@pytest.mark.parametrize(
    ("health", "said"),
    [
        ({"rates": {"USD": 0.92}}, "name that too"),
        ({"currency": "EUR", "rates": {"EUR": 1}}, "other currencies than EUR"),
        ({"currency": "euro"}, "health.currency"),
        ({"currency": "EUR", "rates": {"USD": 0}}, "health.rates.USD"),
        ({"cac": {"EUR": float("inf")}}, "health.cac.EUR"),
    ],
)
def test_a_table_of_rates_that_cannot_work_is_refused(health: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        load_settings(health=health)
