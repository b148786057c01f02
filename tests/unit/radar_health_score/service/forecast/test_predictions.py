import csv
from datetime import UTC, date, datetime
from io import StringIO

from radar_health_score.domain.forecast.baselines import BASELINES
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.service.forecast.backtesting import Backtesting
from radar_health_score.service.forecast.predictions import write_predictions
from tests.support.forecast import Watchful, company, observation


def test_the_table_has_a_row_per_case_and_a_column_per_scorer() -> None:
    silent = observation("zzz", renews_on=date(2026, 1, 1), scorecard=None)
    forecasters = [*BASELINES, Watchful([], name="model", abstains="too few outcomes")]
    told = Backtesting(forecasters=forecasters, days=WorkspaceDays())
    run = told.run(
        [*company(), silent],
        split=date(2025, 6, 1),
        made_at=datetime(2026, 11, 21, tzinfo=UTC),
        progress=lambda *_: None,
    )
    file = StringIO()
    write_predictions(run, file)
    rows = list(csv.DictReader(StringIO(file.getvalue())))
    assert list(rows[0]) == [
        "contract_id", "account_id", "renews_on", "observed_at", "lead_days", "churned",
        "scorecard", "days_since_last_use", "use_fell_by_half", "rfm", "model",
    ]  # fmt: skip
    assert len(rows) == len(run.observations)
    first, last = rows[0], rows[-1]
    assert first["observed_at"].endswith("T00:00:00Z")
    assert first["churned"] in {"0", "1"}
    assert float(first["scorecard"]) == run.observations[0].scorecard
    assert [float(row["rfm"]) for row in rows] == run.risks["rfm"].tolist()
    assert (last["account_id"], last["scorecard"], last["model"]) == ("zzz", "", "")
