"""What docker-compose.yml and the image say is what the services understand, and gives away nothing needlessly."""

import re
from pathlib import Path
from typing import Any, get_origin

import pytest
import yaml
from pydantic import BaseModel

from radar.settings import Settings
from radar_chassis.access.keys import parse

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(name for name, service in SERVICES.items() if service["image"] == "renewal-radar:local")
DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text()


def is_setting(model: type[BaseModel], path: list[str]) -> bool:
    field = model.model_fields.get(path[0])
    if field is None or len(path) == 1:
        return field is not None
    inner = field.annotation
    if get_origin(inner) is dict:
        return True
    return isinstance(inner, type) and issubclass(inner, BaseModel) and is_setting(inner, path[1:])


def default_of(value: str) -> str:
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)


def names_of_settings() -> list[str]:
    composed = [name for service in OURS for name in SERVICES[service]["environment"]]
    baked = re.findall(r"\b(RADAR_\w+)=", DOCKERFILE)
    return sorted({*composed, *baked})


@pytest.mark.parametrize("name", names_of_settings())
def test_a_variable_given_to_a_service_is_one_of_its_settings(name: str) -> None:
    assert is_setting(Settings, name.removeprefix("RADAR_").lower().split("__"))


def test_the_defaults_given_to_the_services_are_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SERVICES["score"]["environment"].items():
        monkeypatch.setenv(name, default_of(value))
    settings = Settings()
    assert settings.bus_url == "kafka://kafka:9092"
    assert settings.bootstrap_key is not None
    assert parse(settings.bootstrap_key.get_secret_value()) is not None


def test_the_four_services_and_the_migration_are_one_image() -> None:
    assert OURS == ["alerts", "console", "ingest", "migrate", "score"]


@pytest.mark.parametrize("name", OURS)
def test_a_service_of_ours_has_a_read_only_root_and_no_capabilities(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "user" not in service, "the image's own user, by number, is not root"
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_container_is_bounded_and_can_gain_no_privileges(name: str) -> None:
    service = SERVICES[name]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["cap_drop"] == ["ALL"]
    assert "mem_limit" in service
    assert "privileged" not in service


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_port_is_open_on_this_machine_only(name: str) -> None:
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


@pytest.mark.parametrize("name", sorted(set(SERVICES) - set(OURS)))
def test_a_public_image_is_pinned_to_a_version(name: str) -> None:
    assert re.search(r":v?\d+\.\d+", SERVICES[name]["image"])


def test_every_service_is_scraped() -> None:
    config = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())
    names = [source["names"] for job in config["scrape_configs"] for source in job["dns_sd_configs"]]
    assert sorted(name for group in names for name in group) == sorted(set(OURS) - {"migrate"})
