"""Which features the portfolio uses, and who would be touched by retiring one."""

from collections.abc import Mapping, Sequence
from typing import Final

from radar_chassis.errors import NotFound
from radar_health_score.domain.history.account_state import UNNAMED
from radar_health_score.domain.metrics.reading import Missing, Reading, known
from radar_health_score.domain.portfolio.feature_use import (
    NOT_LATELY,
    FeatureSums,
    adoption,
    frequency,
    trend,
)
from radar_health_score.domain.workspace.exchange import Amounts
from radar_health_score.domain.workspace.workspace_days import from_micros
from radar_health_score.repositories.scan_records import Summary
from radar_health_score.service.portfolio.feature_scan import FeatureScan, Scanned, ScannedFeature, Touched
from radar_health_score.service.queries.answer_cache import AnswerCache
from radar_health_score.service.queries.slices import sliced
from radar_vocabulary.answers.features import FeatureDetail, FeaturePage, FeatureTotals, TouchedAccount
from radar_vocabulary.contracts.scalars import Money

FEATURES_REMEMBERED: Final = 4


class FeatureQueries:
    """Answers about features over all accounts, as they are now."""

    def __init__(self, scan: FeatureScan) -> None:
        self._scan = scan
        self._all = AnswerCache[Scanned](scan.clock, most=1)
        self._one = AnswerCache[ScannedFeature | None](scan.clock, most=FEATURES_REMEMBERED)

    def features(self, *, limit: int, cursor: str | None) -> FeaturePage:
        """Return a page of features; raises InvalidRequest for a foreign cursor."""
        scanned = self._all.get("", self._scan.every)
        ordered = sorted(scanned.features.items(), key=_by_reach)
        page = sliced(ordered, limit, cursor)
        return FeaturePage(
            as_of=scanned.as_of,
            active_accounts=scanned.active_accounts,
            items=[self._totals(name, sums, scanned) for name, sums in page.items],
            next_cursor=page.next_cursor,
        )

    def feature(self, name: str, *, limit: int, cursor: str | None) -> FeatureDetail:
        """Return a feature and the accounts it touches; raises NotFound, InvalidRequest (a foreign cursor)."""
        found = None if name in UNNAMED else self._one.get(name, lambda: self._scan.one(name))
        if found is None:
            raise NotFound("No account has ever used a feature of this name; GET /v1/features lists them.")
        page = sliced(found.touched, limit, cursor)
        numbers = [one.account_no for one in page.items]
        with self._scan.database.reading() as connection:
            summaries = {one.account_no: one for one in self._scan.scan.summaries(connection, numbers)}
        return FeatureDetail(
            as_of=found.scanned.as_of,
            active_accounts=found.scanned.active_accounts,
            feature=self._totals(name, found.scanned.features[name], found.scanned),
            items=_touched(page.items, summaries),
            next_cursor=page.next_cursor,
        )

    def _totals(self, name: str, sums: FeatureSums, scanned: Scanned) -> FeatureTotals:
        readings: dict[str, Reading] = {
            "adoption": adoption(sums, scanned.active_accounts),
            "uses_per_account": frequency(sums),
            "trend": trend(sums, scanned.age_days),
            "last_used_at": sums.last_at or NOT_LATELY,
        }
        return FeatureTotals(
            feature=name,
            key=self._scan.is_key(name),
            accounts_28d=sums.accounts,
            accounts_28d_before=sums.before,
            adoption=known(readings, "adoption"),
            users_28d=sums.users,
            uses_28d=sums.uses,
            uses_28d_before=sums.uses_before,
            uses_per_account=known(readings, "uses_per_account"),
            trend=known(readings, "trend"),
            arr=_money(sums.arr),
            arr_due_90d=_money(sums.arr_due),
            accounts_only_key=sums.only_key,
            arr_only_key=_money(sums.arr_only_key),
            last_used_at=from_micros(sums.last_at) if sums.last_at else None,
            missing={what: one.reason for what, one in readings.items() if isinstance(one, Missing)},
        )


def _touched(page: Sequence[Touched], summaries: Mapping[int, Summary]) -> list[TouchedAccount]:
    lines = []
    for one in page:
        said = summaries.get(one.account_no)
        lines.append(
            TouchedAccount(
                account_id=one.account_id,
                name=said.name if said else None,
                segment=said.segment if said else None,
                owner=said.owner if said else None,
                users_28d=one.users,
                uses_28d=one.uses,
                last_used_at=from_micros(one.last_at),
                arr=_money(one.arr),
                arr_due_90d=_money(one.arr_due),
                only_key=one.only_key,
                renews_on=said.renews_on if said else None,
                score=said.score if said else None,
                band=said.band if said else "unknown",
            )
        )
    return lines


def _money(amounts: Amounts) -> list[Money]:
    return [Money(amount=amount, currency=currency) for currency, amount in sorted(amounts.items())]


def _by_reach(feature: tuple[str, FeatureSums]) -> tuple[int, int, str]:
    name, sums = feature
    return -sums.accounts, -sums.uses, name
