"""The contracts that come up for renewal, over all accounts."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace
from sqlalchemy import Connection

from radar_chassis.errors import InvalidRequest
from radar_chassis.http.paging import decode_cursor, encode_cursor
from radar_health_score.domain.contracts.terms import OVERDUE_GRACE
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.repositories.list_records import AccountFilter
from radar_health_score.repositories.renewal_lists import RenewalLists
from radar_health_score.repositories.renewal_records import ListedRenewal, RenewalCount, RenewalPlace
from radar_health_score.service.queries.model_reasons import model_of
from radar_health_score.service.queries.query_context import QueryContext
from radar_health_score.service.queries.totals import money_sums
from radar_vocabulary.answers.renewals import RenewalLine, Renewals, RenewalTotals, UndatedLine
from radar_vocabulary.contracts.health import HealthSnapshot, ModelRef, Renewal
from radar_vocabulary.contracts.scalars import Money

MOST_WITH_REASONS: Final = 50
MOST_UNDATED: Final = 100
_DRIVERS_SHOWN: Final = 3
_LIST: Final = "renewals"


class RenewalQueries:
    """Answers about renewals as they stand now."""

    def __init__(self, context: QueryContext, lists: RenewalLists, rates: Rates) -> None:
        self._context = context
        self._lists = lists
        self._rates = rates

    def renewals(
        self,
        wanted: AccountFilter,
        *,
        within_days: int,
        limit: int,
        cursor: str | None,
        reasons: bool = False,
    ) -> Renewals:
        """Return the contracts due from OVERDUE_GRACE ago to ``within_days`` ahead, with totals over all.

        ``reasons``: with the model's for each contract of the page.

        Raises:
            InvalidRequest: the cursor is of another list, or reasons are wanted for more than MOST_WITH_REASONS.
        """
        if reasons and limit > MOST_WITH_REASONS:
            raise InvalidRequest(f"Ask for at most {MOST_WITH_REASONS} contracts at once with their reasons.")
        context, after = self._context, _place(cursor)
        today = date.fromordinal(context.reader.days.day_of(context.clock.now()))
        between = (today - OVERDUE_GRACE, today + timedelta(days=within_days))
        with context.database.reading() as connection:
            rows = self._lists.renewals(connection, wanted, between, after, limit + 1)
            counts = self._lists.totals(connection, wanted, between)
            shown = [(row.snapshot, line) for row in rows[:limit] if (line := self._line(row)) is not None]
            undated = self._lists.undated(connection, wanted, MOST_UNDATED)
            lines = [self._reasoned(connection, *one) if reasons else one[1] for one in shown]
        return Renewals(
            items=lines,
            totals=_totals(counts),
            next_cursor=encode_cursor([_LIST, *rows[limit - 1].place]) if len(rows) > limit else None,
            date_unknown=[found for one in undated if (found := self._undated(*one)) is not None],
        )

    def _undated(self, contract_id: str, snapshot: HealthSnapshot) -> UndatedLine | None:
        found = next((one for one in snapshot.undated if one.contract_id == contract_id), None)
        if found is None:
            return None
        return UndatedLine(
            contract_id=contract_id,
            term_id=found.term_id,
            account_id=snapshot.account_id,
            name=snapshot.account.name,
            owner=snapshot.account.owner,
            arr=self._worth(found.arr),
        )

    def _line(self, row: ListedRenewal) -> RenewalLine | None:
        snapshot = row.snapshot
        renewal = _at(snapshot, row.place)
        if renewal is None:
            return None
        account = snapshot.account
        return RenewalLine(
            contract_id=renewal.contract_id,
            account_id=snapshot.account_id,
            name=account.name,
            segment=account.segment,
            industry=account.industry,
            region=account.region,
            owner=account.owner,
            renews_on=renewal.renews_on,
            notice_by=renewal.notice_by,
            auto_renew=renewal.auto_renew,
            arr=self._worth(renewal.arr),
            probability=renewal.probability,
            arr_at_risk=self._worth(renewal.arr_at_risk),
            score=snapshot.score,
            band=snapshot.band,
            renewal=renewal,
            drivers=snapshot.drivers[:_DRIVERS_SHOWN],
            model=_version_of(snapshot) if renewal.source == "model" else None,
        )

    def _reasoned(self, connection: Connection, snapshot: HealthSnapshot, line: RenewalLine) -> RenewalLine:
        account = self._context.reader.find(connection, line.account_id)
        if account is None or line.model is None:
            return line
        told = model_of(self._context, connection, account, snapshot, line.renewal)
        return line if told is None else replace(line, model=told)

    def _worth(self, money: Money | None) -> Money | None:
        return None if money is None else self._rates.convert(money)


def _at(snapshot: HealthSnapshot, place: RenewalPlace) -> Renewal | None:
    # A snapshot from before there was a list has the next renewal alone.
    known = snapshot.renewals or ((snapshot.renewal,) if snapshot.renewal else ())
    wanted = place.contract_id, place.renews_on
    return next((one for one in known if (one.contract_id, one.renews_on.isoformat()) == wanted), None)


def _version_of(snapshot: HealthSnapshot) -> ModelRef | None:
    # The reasons that a snapshot may carry are of its next renewal alone.
    return None if snapshot.model is None else ModelRef(version=snapshot.model.version)


def _totals(counts: Sequence[RenewalCount]) -> RenewalTotals:
    return RenewalTotals(
        contracts=sum(one.contracts for one in counts),
        arr=money_sums((one.currency, one.arr) for one in counts),
        arr_at_risk=money_sums((one.currency, one.arr_at_risk) for one in counts),
    )


def _place(cursor: str | None) -> RenewalPlace | None:
    if cursor is None:
        return None
    name, renews_on, account_no, contract_id = decode_cursor(cursor, length=4)
    kinds_fit = isinstance(renews_on, str) and isinstance(account_no, int) and isinstance(contract_id, str)
    if name != _LIST or not kinds_fit:
        raise InvalidRequest("This cursor belongs to another list; start again without it.")
    return RenewalPlace(renews_on, account_no, contract_id)
