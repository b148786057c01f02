"""Is it known what the product is for? Without a North Star, health counts use, and not whether it was of any."""

from radar.doctor.finding import Finding
from radar_health_score.settings import HealthSettings


def check_north_star(health: HealthSettings) -> Finding:
    """Return what is configured, or what to set; a tool does without, since its use is its North Star."""
    told = "; ".join(f"{product}: {', '.join(names)}" for product, names in sorted(health.north_star.items()))
    if told:
        return Finding(check="north star", state="ok", detail=told)
    detail = (
        "none is configured, so three metrics are missing for every account that is no tool: name the feature whose "
        "uses show that customers get what they pay for in health.north_star"
    )
    return Finding(check="north star", state="note", detail=detail)
