"""What must stay true of a release's store: asked of the release when it is filled, and of today's code later.

Only answers that no later moment changes: scores and portfolio of past moments, counts of use, alerts and who was told.
"""

from typing import Any, Final

from tests.support.radar_cli import Running

PAST: Final = ("2026-10-15T12:00:00+00:00", "2026-11-20T12:00:00+00:00")
PORTFOLIO_DAY: Final = "2026-10-31"


def release_answers(radar: Running) -> dict[str, Any]:
    """Return all of them."""
    return {
        "health": {moment: health_at(radar, moment) for moment in PAST},
        "uses": uses(radar),
        "portfolio": portfolio(radar),
        "alerts": alerts(radar),
        "overrides": overrides(radar),
        "dead_letters": dead_letters(radar),
    }


def accounts(radar: Running) -> list[str]:
    """Return the ids of all accounts."""
    return sorted(one["account_id"] for one in radar.every("/v1/accounts"))


def health_at(radar: Running, moment: str) -> dict[str, Any]:
    """Return each account's score, band and points by metric, as of a past moment."""
    return {one: _health(radar, one, moment) for one in accounts(radar)}


def uses(radar: Running) -> dict[str, dict[str, int]]:
    """Return how often each account used each feature."""
    return {one: _uses(radar, one) for one in accounts(radar)}


def portfolio(radar: Running) -> dict[str, float]:
    """Return customers and revenue as of a past day."""
    total = radar.get("/v1/portfolio", as_of=PORTFOLIO_DAY)["total"]
    (euros,) = total["money"]
    figures = {name: euros[name] for name in ("mrr", "arr", "grr", "nrr")}
    return {"customers": total["customers"], **figures, **euros["movement"]}


def alerts(radar: Running) -> list[dict[str, Any]]:
    """Return every alert with its steps and its messages, by account."""
    found = [radar.get(f"/v1/alerts/{one['alert_id']}") for one in radar.every("/v1/alerts")]
    return sorted((_alert(one) for one in found), key=lambda one: str(one["account_id"]))


def overrides(radar: Running) -> list[list[str]]:
    """Return account, band and author of what is set by hand."""
    items = radar.get("/v1/overrides")["items"]
    return sorted([one["account_id"], one["override"]["band"], one["override"]["author"]] for one in items)


def dead_letters(radar: Running) -> list[str]:
    """Return the ids of the events that were refused."""
    return sorted(one["event_id"] for one in radar.every("/v1/dead-letters"))


def _health(radar: Running, account: str, moment: str) -> dict[str, Any]:
    health = radar.get(f"/v1/accounts/{account}/health", as_of=moment)
    points = {one["metric"]: one["points"] for one in health["drivers"]}
    return {"score": health["score"], "band": health["band"], "points": dict(sorted(points.items()))}


def _uses(radar: Running, account: str) -> dict[str, int]:
    return {one["feature"]: one["total"] for one in radar.get(f"/v1/accounts/{account}/features")["items"]}


def _alert(alert: dict[str, Any]) -> dict[str, Any]:
    kept = (
        "alert_id",
        "account_id",
        "contract_id",
        "state",
        "opened_at",
        "acknowledged_by",
        "resolved_by",
        "outcome",
    )
    sent = ("delivery_id", "kind", "channel", "recipient", "state", "subject")
    return {
        **{name: alert[name] for name in kept},
        "steps": [[step["change"], step["actor"]] for step in alert["timeline"]],
        "deliveries": [{name: one[name] for name in sent} for one in alert["deliveries"]],
    }
