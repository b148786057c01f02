"""The doctor says what North Star is configured, or that none is and what to set."""

from radar.doctor.north_star import check_north_star
from radar_health_score.settings import HealthSettings


def test_without_a_north_star_it_says_what_to_set() -> None:
    found = check_north_star(HealthSettings())
    assert found.state == "note"
    assert "health.north_star" in found.detail


def test_a_north_star_is_named_product_by_product() -> None:
    settings = HealthSettings.model_validate({"north_star": {"shop": ["order", "refund"], "crm": "deal.won"}})
    found = check_north_star(settings)
    assert (found.state, found.detail) == ("ok", "crm: deal.won; shop: order, refund")
