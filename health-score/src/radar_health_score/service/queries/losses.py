"""What was lost and why, and whom to win back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from radar_health_score.domain.account.facts import Profile
from radar_health_score.domain.contracts.terms import year_of
from radar_health_score.domain.portfolio.losses import Loss, LossSums, losses_between, same, summed_by
from radar_health_score.domain.scoring.segments import segment_on
from radar_health_score.domain.workspace.calendar_months import months_before
from radar_health_score.domain.workspace.exchange import Amounts
from radar_health_score.service.portfolio.portfolio_scan import PortfolioScan
from radar_health_score.service.queries.answer_cache import AnswerCache
from radar_health_score.service.queries.query_context import QueryContext
from radar_health_score.service.queries.slices import sliced
from radar_health_score.service.queries.totals import money_sums
from radar_vocabulary.answers.losses import Losses, LossGroup, LossLine
from radar_vocabulary.contracts.scalars import Money, Segment, Since


class AccountLoss(NamedTuple):
    """A loss, and whose it is."""

    account_id: str
    profile: Profile
    segment: Segment
    loss: Loss


@dataclass(frozen=True, slots=True, kw_only=True)
class LossFilter:
    """Which losses are wanted; None: whichever. ``owner`` is a name or e-mail."""

    reason: str | None = None
    competitor: str | None = None
    since: Since | None = None
    segment: Segment | None = None
    owner: str | None = None
    industry: str | None = None
    region: str | None = None

    def wants(self, one: AccountLoss) -> bool:
        """Return whether this loss is wanted."""
        profile, loss = one.profile, one.loss
        owner = (
            {(profile.owner.name or "").lower(), (profile.owner.email or "").lower()} if profile.owner else ()
        )
        return (
            (self.reason is None or same(self.reason, loss.reason))
            and (self.competitor is None or same(self.competitor, loss.competitor))
            and self.since in (None, loss.since)
            and self.segment in (None, one.segment)
            and self.industry in (None, profile.industry)
            and self.region in (None, profile.region)
            and (self.owner is None or self.owner.lower() in owner)
        )


class LossQueries:
    """Answers about losses, as of any day."""

    def __init__(self, context: QueryContext, scan: PortfolioScan) -> None:
        self._context = context
        self._scan = scan
        self._found = AnswerCache[tuple[datetime, list[AccountLoss]]](context.clock, most=4)

    def losses(
        self,
        as_of: datetime | date | None,
        wanted: LossFilter,
        *,
        months: int,
        limit: int,
        cursor: str | None,
    ) -> Losses:
        """Return the losses of the ``months`` that end with ``as_of``; raises InvalidRequest (future, cursor)."""
        moment = self._context.moment(as_of)
        then, every = self._found.get((moment, months), lambda: self._lost(moment, months))
        found = [one for one in every if wanted.wants(one)]
        told = [(one.account_id, one.loss) for one in found]
        page, last = sliced(found, limit, cursor), self._scan.last_day(then)
        total = LossSums(label=None)
        for account_id, loss in told:
            total.add(account_id, loss)
        return Losses(
            as_of=then,
            first_day=months_before(last, months),
            last_day=last,
            months=months,
            total=_group(total),
            reasons=[_group(one) for one in summed_by(told, lambda loss: loss.reason)],
            competitors=[_group(one) for one in summed_by(told, lambda loss: loss.competitor)],
            items=[_line(one) for one in page.items],
            next_cursor=page.next_cursor,
        )

    def _lost(self, moment: datetime | None, months: int) -> tuple[datetime, list[AccountLoss]]:
        as_of = moment or self._context.clock.now()
        last = self._scan.last_day(as_of)
        first = months_before(last, months)
        with self._context.database.reading() as connection:
            workspace = self._context.configurations.at(connection, moment).workspace
        found = [
            # Its segment is that of the day before, when it still paid.
            AccountLoss(
                facts.account_id, facts.profile, segment_on(facts, workspace, _day_before(loss)), loss
            )
            for facts in self._scan.every(as_of)
            for loss in losses_between(facts.contracts, first, last, self._scan.rates)
        ]
        return as_of, sorted(found, key=_largest_first)


def _day_before(loss: Loss) -> date:
    return date.fromordinal(loss.lost_on.toordinal() - 1)


def _largest_first(one: AccountLoss) -> tuple[float, int, str, str]:
    loss = one.loss
    amount = loss.mrr.amount if loss.mrr else 0.0
    return -amount, -loss.lost_on.toordinal(), one.account_id, loss.contract_id


def _group(sums: LossSums) -> LossGroup:
    return LossGroup(
        label=sums.label,
        losses=sums.losses,
        accounts=len(sums.accounts),
        won_back=sums.won_back,
        unpriced=sums.unpriced,
        mrr=_money(sums.mrr),
    )


def _line(one: AccountLoss) -> LossLine:
    profile, loss = one.profile, one.loss
    return LossLine(
        account_id=one.account_id,
        name=profile.name,
        segment=one.segment,
        industry=profile.industry,
        region=profile.region,
        owner=profile.owner,
        contract_id=loss.contract_id,
        term_id=loss.term_id,
        lost_on=loss.lost_on,
        customer_since=loss.customer_from,
        mrr=loss.mrr,
        arr=year_of(loss.mrr),
        reason=loss.reason,
        competitor=loss.competitor,
        since=loss.since,
    )


def _money(amounts: Amounts) -> list[Money]:
    return money_sums(amounts.items())
