"""What each scorer said of each observation, as a table: churn probabilities, empty where a scorer abstained."""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final, TextIO

import numpy as np

from radar_health_score.service.forecast.backtesting import Run

COLUMNS: Final = ("contract_id", "account_id", "renews_on", "observed_at", "lead_days", "churned")


def write_predictions(run: Run, file: TextIO) -> None:
    """Write a row per observation judged, by account and time. What only ranks gives a rank from 0 to 1."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow((*COLUMNS, *run.risks))
    writer.writerows(_rows(run))


def _rows(run: Run) -> Iterator[Iterable[object]]:
    for at, observation in enumerate(run.observations):
        yield (
            observation.contract_id,
            observation.account_id,
            observation.renews_on,
            _moment(observation.observed_at),
            observation.lead_days,
            int(bool(observation.churned)),
            *(_number(risk[at]) for risk in run.risks.values()),
        )


def _number(value: np.float64) -> str:
    # Whoever reckons with them must find the ties and the order that the figures stand on: no digit is dropped.
    return "" if np.isnan(value) else repr(float(value))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
