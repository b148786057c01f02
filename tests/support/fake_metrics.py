"""How metrics moved, made up: what a snapshot's drivers say now, a little less of it each step back."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from radar_chassis.errors import NotFound
from radar_vocabulary.contracts.health import HealthSnapshot

MISSING = {"metric": "csat_mean", "dimension": "outcomes", "unit": "points", "value": None, "missing": "no survey answered in a year"}  # fmt: skip


def fake_metric_history(snapshot: HealthSnapshot, query: Mapping[str, str]) -> dict[str, Any]:
    """Return the answer of ``metrics/history``; half of the steps of the metric named last have no value."""
    first, last = date.fromisoformat(query["from"]), date.fromisoformat(query["to"])
    every = int(query["every"])
    days = [last - timedelta(days=back) for back in range(0, (last - first).days + 1, every)][::-1]
    wanted = query.get("metric")
    items = [
        {
            "metric": one.metric,
            "dimension": one.dimension,
            "unit": one.unit,
            "points": [
                {"value": one.value * (at + 1) / len(days), "points": one.points} for at in range(len(days))
            ],
        }
        for one in snapshot.drivers
    ]
    items.append({"metric": MISSING["metric"], "points": [{"missing": MISSING["missing"]} for _ in days]})
    items = [one for one in items if wanted in {None, one["metric"]}]
    if not items:
        raise NotFound(f"There is no metric {wanted!r}.")
    return {"account_id": snapshot.account_id, "days": days, "items": items}
