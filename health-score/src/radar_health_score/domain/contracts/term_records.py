"""An account's terms as the health record has them: how each stands, how it ended, and when that became known."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.workspace.workspace_days import from_micros
from radar_vocabulary.contracts.health import TermRecord

ENDED_WITHIN: Final = timedelta(days=400)


def term_records(contracts: Iterable[Contract], day: date) -> tuple[TermRecord, ...]:
    """Return the terms that are open on ``day``, and those that ended within ENDED_WITHIN before it, trials too."""
    return tuple(_record(one, day) for one in contracts if _counts(one, day))


def _counts(contract: Contract, day: date) -> bool:
    return contract.closing is None or contract.closing.on >= day - ENDED_WITHIN


def _record(contract: Contract, day: date) -> TermRecord:
    closing = contract.closing
    # A churn that lies ahead is a cancellation, which can still be taken back.
    cancelled = closing is not None and closing.outcome == "churned" and closing.on > day
    ended = None if cancelled else closing
    known_at = contract.outcome_known_at
    return TermRecord(
        term_id=contract.term_id,
        contract_id=contract.contract_id,
        product=contract.product,
        starts_on=contract.starts_on,
        ends_on=closing.on if closing is not None and cancelled else contract.renews_on,
        outcome=None if ended is None else ended.outcome,
        ended_on=None if ended is None else ended.on,
        known_at=None if known_at is None else from_micros(known_at),
        cancelled=cancelled,
        trial=contract.trial,
    )
