"""What is told of contracts, as short as it can be written: ``updated`` and ``closed`` on a day, and the terms of it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import msgspec

from radar_health_score.domain.account.attributes import Patch, State, fold
from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.contract_terms import contracts_of, statements_of_patches
from radar_health_score.domain.contracts.reader import read_terms
from radar_health_score.domain.contracts.term import Term
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, to_micros
from radar_vocabulary.contracts.events import ContractClosed, ContractUpdated

_numbers = count(1)
UTC_DAYS = WorkspaceDays()


def at(day: date) -> int:
    """Return the moment at which a day begins, in microseconds."""
    return to_micros(datetime(day.year, day.month, day.day, tzinfo=UTC))


def euros(mrr: float | None) -> dict[str, Any] | None:
    """Return an amount as an event tells it."""
    return None if mrr is None else {"amount": mrr, "currency": "EUR"}


def updated(told: str, contract_id: str = "c", *, known: str | None = None, **says: Any) -> Patch:
    """Return a ``contract_updated`` told on a day; ``mrr`` is in euros."""
    if "mrr" in says:
        says["mrr"] = euros(says["mrr"])
    data = msgspec.convert({"contract_id": contract_id, **says}, ContractUpdated)
    return _patch("contract", told, known, data)


def closed(
    told: str, contract_id: str = "c", *, outcome: str | None, known: str | None = None, **says: Any
) -> Patch:
    """Return a ``contract_closed`` told on a day."""
    if "new_mrr" in says:
        says["new_mrr"] = euros(says["new_mrr"])
    data = msgspec.convert({"contract_id": contract_id, "outcome": outcome, **says}, ContractClosed)
    return _patch("closing", told, known, data)


def _patch(kind: str, told: str, known: str | None, data: Any) -> Patch:
    number = next(_numbers)
    return Patch(
        kind=kind,
        entity_id=f"e{number}",
        valid_at=at(date.fromisoformat(told)),
        known_at=at(date.fromisoformat(known or told)),
        position=number,
        data=data,
    )


def entities_of(patches: Iterable[Patch]) -> dict[str, dict[str, State]]:
    """Return what is merged of ``patches``."""
    entities: dict[str, dict[str, State]] = {}
    for (kind, entity_id), state in fold(patches).items():
        entities.setdefault(kind, {})[entity_id] = state
    return entities


def known_by(day: str, patches: Iterable[Patch]) -> list[Patch]:
    """Return what counts by the end of a day."""
    end = at(date.fromordinal(date.fromisoformat(day).toordinal() + 1))
    return [patch for patch in patches if patch.counts_from < end]


def contracts(*patches: Patch, zone: str = "UTC") -> tuple[Contract, ...]:
    """Return the contracts that metrics and answers see."""
    return contracts_of(entities_of(patches), WorkspaceDays(zone))


def terms(*patches: Patch) -> tuple[Term, ...]:
    """Return the terms with what was known when."""
    return read_terms(statements_of_patches(patches, UTC_DAYS), UTC_DAYS)
