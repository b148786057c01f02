# ruff: noqa: INP001 - a script beside what it checks, not a package
"""Checks the Grafana dashboard: it asks for metrics that the services have, in PromQL that parses.

Grafana itself shows an empty panel for a misspelt metric, so a mistake would be seen only when the panel is needed.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

DEPLOY = Path(__file__).resolve().parent
SERIES = sorted(DEPLOY.parent.glob("*/src/*/series.py"))
METRIC = re.compile(r"\bradar_[a-z_]+\b")
SUFFIX = re.compile(r"_(bucket|count|sum)$")


def panels(dashboard: dict[str, Any]) -> list[dict[str, Any]]:
    """Every panel that asks something."""
    return [panel for panel in dashboard["panels"] if panel["type"] != "row"]


def questions(dashboard: dict[str, Any]) -> list[str]:
    """Every PromQL expression, with Grafana's own variable replaced by a span."""
    asked = (target["expr"] for panel in panels(dashboard) for target in panel["targets"])
    return [expression.replace("$__rate_interval", "1m") for expression in asked]


def known_metrics(text: str) -> set[str]:
    """The names in the services' modules of series, also with the suffix that a counter gets on the wire."""
    names = set(METRIC.findall(text))
    return names | {f"{name}_total" for name in names}


def structure_faults(dashboard: dict[str, Any]) -> list[str]:
    """Ids met twice, panels that overlap the grid, data sources that aren't provisioned."""
    faults = []
    ids = [panel["id"] for panel in dashboard["panels"]]
    if len(ids) != len(set(ids)):
        faults.append("two panels have the same id")
    source_file = DEPLOY / "grafana/provisioning/datasources/prometheus.yml"
    sources = {source["uid"] for source in yaml.safe_load(source_file.read_text())["datasources"]}
    for panel in panels(dashboard):
        if panel["datasource"]["uid"] not in sources:
            faults.append(f"{panel['title']}: its data source is not provisioned")
        if panel["gridPos"]["x"] + panel["gridPos"]["w"] > 24:
            faults.append(f"{panel['title']}: reaches beyond the 24 columns")
    return faults


def unknown_metrics(texts: list[str], known: set[str]) -> list[str]:
    """Names that the services don't have."""
    asked = {name for text in texts for name in METRIC.findall(text)}
    return [
        f"{name} is not a metric of the services"
        for name in sorted(asked)
        if name not in known and SUFFIX.sub("", name) not in known
    ]


def promql_faults(expressions: list[str]) -> list[str]:
    """What promtool says against the expressions, checked as if they were recording rules."""
    promtool = shutil.which("promtool")
    if promtool is None:
        return []
    rules = [{"record": f"panel:{index}", "expr": text} for index, text in enumerate(expressions)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "dashboard.yml"
        file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
        command = [promtool, "check", "rules", str(file)]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return [] if answer.returncode == 0 else [answer.stdout + answer.stderr]


def main() -> int:
    """Print each fault; 1 if there is any."""
    faults: list[str] = []
    alerts = (DEPLOY / "prometheus/alerts.yml").read_text()
    texts = [rule["expr"] for group in yaml.safe_load(alerts)["groups"] for rule in group["rules"]]
    for file in sorted((DEPLOY / "grafana/dashboards").glob("*.json")):
        dashboard = json.loads(file.read_text())
        faults += structure_faults(dashboard) + promql_faults(questions(dashboard))
        texts += questions(dashboard)
    if SERIES:
        faults += unknown_metrics(texts, known_metrics("".join(file.read_text() for file in SERIES)))
    for fault in faults:
        sys.stderr.write(f"deploy: {fault}\n")
    if not faults:
        sys.stdout.write(
            f"deploy: {len(texts)} expressions of the dashboard and the rules ask for metrics that exist\n"
        )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
