"""How far the accounts of the portfolio have come: AARRR, and the stages of the lifecycle."""

from collections import Counter
from typing import Final, get_args

from radar_health_score.domain.scoring.funnel import NO_REFERRALS, StepCount, count_steps
from radar_health_score.repositories.funnel_rows import FunnelRows
from radar_health_score.repositories.list_records import AccountFilter
from radar_health_score.service.queries.query_context import QueryContext
from radar_vocabulary.answers.funnel import Funnel, FunnelLine, StageLine
from radar_vocabulary.contracts.scalars import Stage

_STAGES: Final[tuple[Stage | None, ...]] = (*get_args(Stage), None)


class FunnelQueries:
    """Answers about all accounts as they are now."""

    def __init__(self, context: QueryContext, rows: FunnelRows) -> None:
        self._context = context
        self._rows = rows

    def funnel(self, wanted: AccountFilter) -> Funnel:
        """Return how far the accounts that are wanted have come."""
        with self._context.database.reading() as connection:
            counts = self._rows.reached(connection, wanted)
        current = [one for one in counts if wanted.standings or one.stage != "win_back"]
        steps = count_steps((one.reached, one.accounts) for one in current if one.reached is not None)
        stages: Counter[Stage | None] = Counter()
        for one in counts:
            stages[one.stage] += one.accounts
        return Funnel(
            accounts=sum(one.accounts for one in current),
            steps=[_line(step, steps[0].accounts) for step in steps],
            stages=[
                StageLine(stage=stage, accounts=stages[stage]) for stage in _STAGES if stage or stages[stage]
            ],
        )


def _line(step: StepCount, accounts: int) -> FunnelLine:
    if step.step == "referral" and not step.accounts:
        return FunnelLine(
            step=step.step, accounts=None, share=None, from_before=None, missing=NO_REFERRALS.reason
        )
    return FunnelLine(
        step=step.step,
        accounts=step.accounts,
        share=step.accounts / accounts if accounts else None,
        from_before=step.going_on / step.before if step.before else None,
        missing=None,
    )
