"""Where an account stands on its way from first contact to renewal; the order of the stages follows its business.

An account is in the furthest stage of its order whose condition holds at the moment; one whose last term churned is
in *win_back*, whatever else holds. The conditions:

- acquire: we know of it.
- activate: it has reported use. Where payment comes first, on a term that is paid: what is switched on before that
  is a trial, or nothing of ours.
- trial: the terms that run are all on trial (``is_trial``).
- pay: a term runs that is no trial, or the last one went on and what follows isn't known yet.
- serve: it has reached what the product is for (``has_reached_value``) and pays; where service comes first, it has
  reached it and used the product within USAGE_DAYS, whether it pays or not: to pay is the next step.
- renew: it pays, and its next renewal is near (``renewal_window``) or overdue.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from radar_health_score.domain.account.facts import LOGIN, SESSION, AccountFacts, Contract
from radar_health_score.domain.contracts.revenue import running
from radar_health_score.domain.contracts.standing import standing_of
from radar_health_score.domain.contracts.terms import due_on, next_renewal
from radar_health_score.domain.metrics.north_star import business_model_of
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.scalars import BusinessModel, Stage

TRIAL_DAYS: Final = 92
RENEWAL_DAYS: Final = 90
BEFORE_NOTICE_DAYS: Final = 60
_UNNAMED: Final = frozenset({LOGIN, SESSION})
_REACHED: Final = frozenset({"activated", "onboarded", "live"})

_SERVED_FIRST: Final[tuple[Stage, ...]] = ("acquire", "activate", "trial", "serve", "pay", "renew")
_PAID_FIRST: Final[tuple[Stage, ...]] = ("acquire", "trial", "pay", "activate", "serve", "renew")
_USUAL: Final[tuple[Stage, ...]] = ("acquire", "activate", "trial", "pay", "serve", "renew")
# A platform lives on what it arranges: orders flow before anybody is charged, as with a tool. A service is
# delivered under a contract, as hardware is shipped after an order.
ORDERS: Final[Mapping[BusinessModel | None, tuple[Stage, ...]]] = {
    "tool": _SERVED_FIRST,
    "platform": _SERVED_FIRST,
    "hardware": _PAID_FIRST,
    "service": _PAID_FIRST,
    None: _USUAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    """What the facts say that stages depend on."""

    used: bool
    used_lately: bool
    reached: bool
    trial: bool
    paid: bool
    renewing: bool


def stage_of(facts: AccountFacts, workspace: WorkspaceSettings) -> Stage:
    """Return the stage of the account's lifecycle at ``facts.as_of``; see the conditions above."""
    if standing_of(facts.contracts, workspace.today(facts.as_of)) == "former":
        return "win_back"
    order = ORDERS[business_model_of(facts, workspace)]
    reached = _holding(_signs(facts, workspace), order)
    return next(stage for stage in reversed(order) if reached[stage])


def has_reached_value(facts: AccountFacts, workspace: WorkspaceSettings) -> bool:
    """Return whether the account has got what it came for.

    Somebody has used a key feature, ever (where use names no user: within USAGE_DAYS); or a milestone says so
    (activated, onboarded, live); or a term of theirs went on. Where no key features are chosen and nothing but
    logins and sessions is reported, any use will do: nothing better can be told.
    """
    if any(person.activated_day for person in facts.people) or not _REACHED.isdisjoint(facts.milestones):
        return True
    today = workspace.today(facts.as_of)
    if any(_went_on(term, today) for term in facts.contracts):
        return True
    for day in reversed(facts.usage):
        if any(workspace.is_key(name) for name in day.features if name not in _UNNAMED):
            return True
    return workspace.key_features is None and facts.first_event_at is not None


def is_trial(term: Contract, terms: Sequence[Contract]) -> bool:
    """Return whether this term of an account with ``terms`` is a trial.

    Somebody said so; or its MRR is zero; or nobody told it, it lasts no longer than TRIAL_DAYS, and the account never
    paid nor went on before. A longer term without MRR is one whose price wasn't told.
    """
    if term.trial:
        return True
    if term.mrr is not None:
        return term.mrr.amount == 0
    if term.stated_start is None or term.renews_on is None:
        return False
    short = (term.renews_on - term.stated_start).days <= TRIAL_DAYS
    return short and not any(_has_paid(one) for one in terms)


def is_paying(terms: Sequence[Contract], today: date) -> bool:
    """Return whether an account with ``terms`` is a customer whose running terms aren't all trials."""
    return standing_of(terms, today) == "customer" and not _on_trial(terms, today)


def renewal_window(term: Contract) -> int:
    """Return how many days before its renewal date a term is *in renewal*.

    RENEWAL_DAYS, or BEFORE_NOTICE_DAYS before the last day on which notice can be given, but no more than a third
    of the term (a month's contract isn't always in renewal), nor less than the period of notice itself.
    """
    notice = term.notice_days or 0
    window = max(RENEWAL_DAYS, notice + BEFORE_NOTICE_DAYS)
    if term.stated_start is not None and term.renews_on is not None:
        window = min(window, (term.renews_on - term.stated_start).days // 3)
    return max(notice, window)


def _signs(facts: AccountFacts, workspace: WorkspaceSettings) -> _Signs:
    terms, today = facts.contracts, workspace.today(facts.as_of)
    paid = is_paying(terms, today)
    return _Signs(
        used=facts.first_event_at is not None,
        used_lately=bool(facts.usage),
        reached=has_reached_value(facts, workspace),
        trial=_on_trial(terms, today),
        paid=paid,
        renewing=paid and _is_near(terms, today),
    )


def _holding(signs: _Signs, order: tuple[Stage, ...]) -> Mapping[Stage, bool]:
    served_first = order.index("serve") < order.index("pay")
    paid_first = order.index("pay") < order.index("activate")
    return {
        "acquire": True,
        "activate": signs.used and (signs.paid or not paid_first),
        "trial": signs.trial,
        "pay": signs.paid,
        "serve": signs.reached and (signs.used_lately if served_first else signs.paid),
        "renew": signs.renewing,
    }


def _on_trial(terms: Sequence[Contract], today: date) -> bool:
    now = running(terms, today)
    return bool(now) and all(is_trial(term, terms) for term in now)


def _is_near(terms: Sequence[Contract], today: date) -> bool:
    term = next_renewal(terms, today)
    return term is not None and (due_on(term) - today).days <= renewal_window(term)


def _went_on(term: Contract, today: date) -> bool:
    closing = term.closing
    return closing is not None and closing.outcome != "churned" and closing.on <= today and not term.trial


def _has_paid(term: Contract) -> bool:
    went_on = term.closing is not None and term.closing.outcome != "churned"
    return went_on or (term.mrr is not None and term.mrr.amount > 0)
