"""Records of many accounts as of a moment: attributes and contracts, without use.

The way is that of ``service.facts``: merged rows where nothing counts later than asked, else history.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from radar_chassis.errors import RadarError
from radar_health_score.domain.account.attributes import Patch, State, apply_patch, decode_state
from radar_health_score.domain.account.entities import profile_of
from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.contracts.contract_terms import contracts_of
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, to_micros
from radar_health_score.repositories.fact_records import EntityRow, PatchRow
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.fold_records import AccountRow
from radar_health_score.repositories.scan_rows import ScanRows
from radar_health_score.service.state.facts import by_account

log = structlog.get_logger()

CHUNK: Final = 500
_Entities = dict[str, dict[str, State]]


@dataclass(frozen=True, kw_only=True)
class AccountRecordsReader:
    """Reads accounts' records, CHUNK accounts at a time, so that memory stays the same however many there are."""

    rows: FactRows
    scan: ScanRows
    days: WorkspaceDays

    def every(self, connection: Connection, as_of: datetime) -> Iterator[AccountFacts]:
        """Yield the records of every account that was known at ``as_of``."""
        after = 0
        while numbers := self.scan.account_nos(connection, after, CHUNK):
            after = numbers[-1]
            for _, facts in self.read(connection, numbers, as_of):
                yield facts

    def read(
        self, connection: Connection, account_nos: Sequence[int], as_of: datetime
    ) -> Iterator[tuple[int, AccountFacts]]:
        """Yield (number, records) of those of these accounts that were known at ``as_of``.

        An account whose stored facts can't be read is left out, and logged.
        """
        moment = to_micros(as_of)
        accounts = self.rows.accounts(connection, account_nos)
        later = [one.account_no for one in accounts if (one.last_patch_at or 0) > moment]
        told = by_account(self.scan.record_patches(connection, later))
        settled = [one.account_no for one in accounts if (one.last_patch_at or 0) <= moment]
        merged = by_account(self.scan.records(connection, settled))
        for account in accounts:
            no = account.account_no
            try:
                entities = _merged(merged[no]) if no in merged else _from_history(told[no], moment)
                facts = self._facts(account, entities, as_of)
            except (RadarError, SQLAlchemyError):
                raise
            except Exception:
                log.exception("account_left_out", account_id=account.account_id)
                continue
            if entities or _used_by(account, moment):
                yield no, facts

    def _facts(self, account: AccountRow, entities: _Entities, as_of: datetime) -> AccountFacts:
        return AccountFacts(
            account_id=account.account_id,
            as_of=as_of,
            through=date.fromordinal(self.days.through(as_of)),
            profile=profile_of(entities),
            contracts=contracts_of(entities, self.days),
        )


def _merged(rows: Iterable[EntityRow]) -> _Entities:
    entities: _Entities = {}
    for row in rows:
        entities.setdefault(row.kind, {})[row.entity_id] = decode_state(row.state)
    return entities


def _from_history(rows: Iterable[PatchRow], moment: int) -> _Entities:
    entities: _Entities = {}
    for row in rows:
        patch = row.patch()
        if patch.counts_from <= moment:
            apply_patch(entities.setdefault(patch.kind, {}).setdefault(patch.entity_id, {}), patch)
    return entities


def _used_by(account: AccountRow, moment: int) -> bool:
    return account.first_at is not None and account.first_at <= moment


def patches_of(rows: Iterable[PatchRow]) -> Iterator[tuple[int, Patch]]:
    """Yield (account's number, patch) of each row."""
    for row in rows:
        yield row.account_no, row.patch()
