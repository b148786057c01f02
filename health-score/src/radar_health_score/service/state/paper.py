"""What is on paper about many accounts as of a moment: attributes and contracts, without use.

The way is that of ``service.facts``: merged rows where nothing counts later than asked, else history.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from radar_health_score.domain.account.attributes import Patch, State, apply_patch, decode_state
from radar_health_score.domain.account.entities import profile_of
from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.contracts.contract_terms import contracts_of
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, to_micros
from radar_health_score.repositories.fact_records import PatchRow
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.fold_records import AccountRow
from radar_health_score.repositories.scan_rows import ScanRows

CHUNK: Final = 500
_Entities = dict[str, dict[str, State]]


@dataclass(frozen=True, kw_only=True)
class PaperReader:
    """Reads accounts' paper, CHUNK accounts at a time, so that memory stays the same however many there are."""

    rows: FactRows
    scan: ScanRows
    days: WorkspaceDays

    def every(self, connection: Connection, as_of: datetime) -> Iterator[AccountFacts]:
        """Yield the paper of every account that was known at ``as_of``."""
        after = 0
        while numbers := self.scan.account_nos(connection, after, CHUNK):
            after = numbers[-1]
            for _, facts in self.read(connection, numbers, as_of):
                yield facts

    def read(
        self, connection: Connection, account_nos: Sequence[int], as_of: datetime
    ) -> Iterator[tuple[int, AccountFacts]]:
        """Yield (number, paper) of those of these accounts that were known at ``as_of``."""
        moment = to_micros(as_of)
        accounts = self.rows.accounts(connection, account_nos)
        later = [one.account_no for one in accounts if (one.last_patch_at or 0) > moment]
        known = self._from_history(connection, later, moment)
        settled = [one.account_no for one in accounts if (one.last_patch_at or 0) <= moment]
        known.update(self._merged(connection, settled))
        through = date.fromordinal(self.days.through(as_of))
        for account in accounts:
            entities = known.get(account.account_no, {})
            if entities or _used_by(account, moment):
                yield (
                    account.account_no,
                    AccountFacts(
                        account_id=account.account_id,
                        as_of=as_of,
                        through=through,
                        profile=profile_of(entities),
                        contracts=contracts_of(entities, self.days),
                    ),
                )

    def _merged(self, connection: Connection, account_nos: Sequence[int]) -> dict[int, _Entities]:
        known: dict[int, _Entities] = {}
        for row in self.scan.paper(connection, account_nos):
            entities = known.setdefault(row.account_no, {})
            entities.setdefault(row.kind, {})[row.entity_id] = decode_state(row.state)
        return known

    def _from_history(
        self, connection: Connection, account_nos: Sequence[int], moment: int
    ) -> dict[int, _Entities]:
        known: dict[int, _Entities] = {}
        for account_no, patch in patches_of(self.scan.paper_patches(connection, account_nos)):
            if patch.counts_from <= moment:
                entities = known.setdefault(account_no, {})
                apply_patch(entities.setdefault(patch.kind, {}).setdefault(patch.entity_id, {}), patch)
        return known


def _used_by(account: AccountRow, moment: int) -> bool:
    return account.first_at is not None and account.first_at <= moment


def patches_of(rows: Iterable[PatchRow]) -> Iterator[tuple[int, Patch]]:
    """Yield (account's number, patch) of each row."""
    for row in rows:
        yield row.account_no, row.patch()
