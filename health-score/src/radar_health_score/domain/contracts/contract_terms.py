"""The terms of an account's contracts, read from the merged rows or from history: what metrics and answers see."""

from collections.abc import Iterable
from typing import Final

from radar_health_score.domain.account.attributes import Patch, State, apply_patch
from radar_health_score.domain.account.entities import Entities
from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.reader import read_terms
from radar_health_score.domain.contracts.statements import Skipped, Statements
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays

KINDS_OF_TERMS: Final = frozenset({"contract", "closing"})
IN_UTC: Final = WorkspaceDays()


def contracts_of(entities: Entities, days: WorkspaceDays = IN_UTC) -> tuple[Contract, ...]:
    """Return every term of every contract: by contract id and line, each line's oldest first.

    ``days`` are the workspace's: a statement is told on a day in its time zone.
    """
    return tuple(term.contract for term in read_terms(statements_of(entities, days), days))


def skipped_of(entities: Entities, days: WorkspaceDays = IN_UTC) -> tuple[Skipped, ...]:
    """Return what is stored of contracts and can't be: it is read as if nobody had told it."""
    return tuple(statements_of(entities, days).skipped)


def statements_of(entities: Entities, days: WorkspaceDays) -> Statements:
    """Return what was said of contracts, given merged attributes."""
    statements = Statements()
    statements.add(entities.get("contract", {}).values(), days, closes=False)
    statements.add(entities.get("closing", {}).values(), days, closes=True)
    return statements


def statements_of_patches(patches: Iterable[Patch], days: WorkspaceDays) -> Statements:
    """Return what was said of contracts, given history."""
    statements = Statements()
    for patch in patches:
        if patch.kind in KINDS_OF_TERMS:
            state: State = {}
            apply_patch(state, patch)
            statements.add([state], days, closes=patch.kind == "closing")
    return statements
