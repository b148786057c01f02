"""The terms of an account's contracts, read from the merged rows or from history: what metrics and answers see."""

from collections.abc import Iterable
from typing import Final

from radar_health_score.domain.account.attributes import Patch, State, apply_patch
from radar_health_score.domain.account.entities import Entities
from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.reader import read_terms
from radar_health_score.domain.contracts.words import Skipped, Words
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays

KINDS_OF_TERMS: Final = frozenset({"contract", "closing"})
IN_UTC: Final = WorkspaceDays()


def contracts_of(entities: Entities, days: WorkspaceDays = IN_UTC) -> tuple[Contract, ...]:
    """Return every term of every contract: by contract id and line, each line's oldest first.

    ``days`` are the workspace's: a word is told on a day in its time zone.
    """
    return tuple(term.contract for term in read_terms(words_of(entities, days), days))


def skipped_of(entities: Entities, days: WorkspaceDays = IN_UTC) -> tuple[Skipped, ...]:
    """Return what is stored of contracts and can't be: it is read as if nobody had told it."""
    return tuple(words_of(entities, days).skipped)


def words_of(entities: Entities, days: WorkspaceDays) -> Words:
    """Return what was said of contracts, given merged attributes."""
    words = Words()
    words.add(entities.get("contract", {}).values(), days, closes=False)
    words.add(entities.get("closing", {}).values(), days, closes=True)
    return words


def words_of_patches(patches: Iterable[Patch], days: WorkspaceDays) -> Words:
    """Return what was said of contracts, given history."""
    words = Words()
    for patch in patches:
        if patch.kind in KINDS_OF_TERMS:
            state: State = {}
            apply_patch(state, patch)
            words.add([state], days, closes=patch.kind == "closing")
    return words
