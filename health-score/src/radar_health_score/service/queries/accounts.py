"""Lists of accounts, and one account."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from radar_chassis.errors import InvalidRequest
from radar_chassis.http.paging import decode_cursor, encode_cursor
from radar_health_score.domain.account.attributes import State, decode_state
from radar_health_score.domain.account.facts import AccountFacts, Contract, Profile
from radar_health_score.domain.contracts.contract_terms import KINDS_OF_TERMS, skipped_of
from radar_health_score.domain.contracts.pauses import is_paused
from radar_health_score.domain.contracts.renewals import in_own_currency
from radar_health_score.domain.contracts.terms import arr_of
from radar_health_score.domain.metrics.north_star import business_model_of, north_star_features, target_of
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.repositories.fold_records import AccountRow
from radar_health_score.repositories.list_records import AccountFilter, Listed, Place, Sort
from radar_health_score.repositories.unscorable_accounts import Unscorable, UnscorableAccounts
from radar_health_score.service.queries.family import FamilyQueries
from radar_health_score.service.queries.people import summary_of
from radar_health_score.service.queries.query_context import QueryContext
from radar_health_score.service.queries.totals import portfolio_totals, weekly
from radar_health_score.service.scoring.unscorable import shown
from radar_vocabulary.answers.accounts import (
    AccountDetail,
    AccountLine,
    AccountPage,
    ChildrenPage,
    ContractLine,
    Ended,
    SkippedValue,
)
from radar_vocabulary.answers.families import Family
from radar_vocabulary.contracts.health import HealthSnapshot
from radar_vocabulary.contracts.scalars import Money

_BY_TEXT: Final = frozenset({"name", "renews_on"})
_TREND_WEEKS: Final = 12


class AccountQueries:
    """Answers about accounts as they are now."""

    def __init__(
        self, context: QueryContext, rates: Rates, families: FamilyQueries, unscorable: UnscorableAccounts
    ) -> None:
        self._context = context
        self._unscorable = unscorable
        self._rates = rates
        self._families = families

    def accounts(self, wanted: AccountFilter, *, sort: Sort, limit: int, cursor: str | None) -> AccountPage:
        """Return a page of accounts with their health; raises InvalidRequest for a foreign cursor."""
        context, after = self._context, _place(cursor, sort)
        since = context.clock.now() - timedelta(weeks=_TREND_WEEKS)
        with context.database.reading() as connection:
            rows = context.lists.accounts(connection, wanted, sort, after, limit + 1)
            listed = rows[:limit]
            numbers = [row.place.account_no for row in listed]
            kept = context.lists.trends(connection, numbers, since)
            unscorable = self._unscorable.among(connection, numbers)
            counts = context.lists.totals(connection, replace(wanted, standings=frozenset()))
        trends = weekly(kept)
        items = [
            _line(row.snapshot, trends.get(no, ()), self._rates, unscorable.get(no))
            for no, row in zip(numbers, listed, strict=True)
        ]
        totals = portfolio_totals(counts, wanted.standings)
        return AccountPage(items=items, totals=totals, next_cursor=_next(rows, limit, sort))

    def account(self, account_id: str) -> AccountDetail:
        """Return an account's profile, contracts and health; raises NotFound."""
        context = self._context
        with context.account(account_id) as (connection, row):
            unscorable = self._unscorable.among(connection, [row.account_no]).get(row.account_no)
            latest = context.lists.latest(connection, row.account_no)
            family = self._families.family(connection, account_id)
            workspace = context.configurations.current.workspace
            if unscorable is not None and latest is not None:
                known = _last_known(latest)
                return _detail(known, workspace, latest, family, unscorable)
            facts = context.facts(connection, row, None)
            health = latest or context.scorer.snapshot(facts)
            return _detail(facts, workspace, health, family, unscorable, self._skipped(connection, row))

    def _skipped(self, connection: Connection, row: AccountRow) -> tuple[SkippedValue, ...]:
        """Return what is stored of the account's contracts and can't be."""
        kinds = [(row.account_no, kind) for kind in sorted(KINDS_OF_TERMS)]
        entities: dict[str, dict[str, State]] = {}
        for one in self._context.rows.entities(connection, kinds, to_micros(self._context.clock.now())):
            entities.setdefault(one.kind, {})[one.entity_id] = decode_state(one.state)
        return tuple(
            SkippedValue(contract_id=one.contract_id, field=one.field, value=one.value)
            for one in skipped_of(entities, self._context.reader.days)
        )

    def children(self, account_id: str, *, sort: Sort, limit: int, cursor: str | None) -> ChildrenPage:
        """Return a page of the accounts directly below one; raises NotFound, InvalidRequest (a foreign cursor)."""
        with self._context.database.reading() as connection:
            family = self._families.family(connection, account_id)
            beside = self._families.beside(connection, account_id)
        if family is None:
            # A parent may be known by its children alone, and an account may have none.
            with self._context.account(account_id):
                return ChildrenPage(account_id=account_id, items=[], family=None)
        page = self.accounts(AccountFilter(parent=account_id), sort=sort, limit=limit, cursor=cursor)
        return ChildrenPage(
            account_id=account_id,
            items=[line for line in page.items if line.account_id not in beside],
            family=family,
            next_cursor=page.next_cursor,
        )


def _place(cursor: str | None, sort: Sort) -> Place | None:
    if cursor is None:
        return None
    sorted_by, value, account_no = decode_cursor(cursor, length=3)
    kinds = str | None if sort.removeprefix("-") in _BY_TEXT else float | int | None
    if sorted_by != sort or not isinstance(account_no, int) or not isinstance(value, kinds):
        raise InvalidRequest("This cursor belongs to another list; start again without it.")
    return Place(value, account_no)


def _next(rows: Sequence[Listed], limit: int, sort: Sort) -> str | None:
    if len(rows) <= limit:
        return None
    place = rows[limit - 1].place
    return encode_cursor([sort, place.value, place.account_no])


def _last_known(health: HealthSnapshot) -> AccountFacts:
    """Return what the account's latest health says of it, in place of facts that may not be readable."""
    account = health.account
    profile = Profile(
        name=account.name,
        industry=account.industry,
        region=account.region,
        owner=account.owner,
        parent_id=account.parent_id,
        language=account.language,
        time_zone=account.time_zone,
    )
    return AccountFacts(
        account_id=health.account_id, as_of=health.as_of, through=health.as_of.date(), profile=profile
    )


def _line(
    snapshot: HealthSnapshot,
    trend: tuple[float | None, ...],
    rates: Rates,
    unscorable: Unscorable | None,
) -> AccountLine:
    account, renewal = snapshot.account, snapshot.renewal
    paid = next(iter(in_own_currency(snapshot.revenue, rates)), None)
    at_risk = paid.arr_at_risk if paid else None
    return AccountLine(
        account_id=snapshot.account_id,
        name=account.name,
        standing=account.standing,
        stage=account.stage,
        segment=account.segment,
        owner=account.owner,
        industry=account.industry,
        region=account.region,
        parent_id=account.parent_id,
        score=snapshot.score,
        band=snapshot.band,
        renews_on=renewal.renews_on if renewal else None,
        arr=Money(amount=paid.arr, currency=paid.currency) if paid else None,
        arr_at_risk=Money(amount=at_risk, currency=paid.currency) if paid and at_risk is not None else None,
        revenue=snapshot.revenue,
        probability=renewal.probability if renewal else None,
        top_driver=snapshot.drivers[0] if snapshot.drivers else None,
        trend=trend,
        override=snapshot.override,
        as_of=snapshot.as_of,
        unscorable=None if unscorable is None else shown(unscorable),
    )


def _detail(
    facts: AccountFacts,
    workspace: WorkspaceSettings,
    health: HealthSnapshot,
    family: Family | None,
    unscorable: Unscorable | None,
    skipped: tuple[SkippedValue, ...] = (),
) -> AccountDetail:
    profile = facts.profile
    return AccountDetail(
        account_id=facts.account_id,
        name=profile.name,
        standing=health.account.standing,
        stage=health.account.stage,
        reached=health.account.reached,
        segment=health.account.segment,
        industry=profile.industry,
        region=profile.region,
        business_model=business_model_of(facts, workspace),
        owner=profile.owner,
        parent_id=profile.parent_id,
        language=profile.language,
        time_zone=profile.time_zone,
        north_star=tuple(sorted(north_star_features(facts, workspace))),
        north_star_target=target_of(facts, workspace),
        milestones=facts.milestones,
        people=summary_of(facts, workspace),
        family=family,
        contracts=tuple(_contract(contract, workspace.today(facts.as_of)) for contract in facts.contracts),
        skipped=skipped,
        health=health,
        unscorable=None if unscorable is None else shown(unscorable),
    )


def _contract(contract: Contract, today: date) -> ContractLine:
    closing = contract.closing
    return ContractLine(
        contract_id=contract.contract_id,
        product=contract.product,
        starts_on=contract.starts_on,
        renews_on=contract.renews_on,
        mrr=contract.mrr,
        arr=arr_of(contract),
        seats=contract.seats,
        auto_renew=contract.auto_renew,
        notice_days=contract.notice_days,
        closing=Ended(on=closing.on, outcome=closing.outcome, new_mrr=closing.new_mrr) if closing else None,
        term_id=contract.term_id,
        trial=contract.trial,
        paused=is_paused(contract.pauses, today),
    )
