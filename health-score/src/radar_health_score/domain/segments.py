"""The layer an account belongs to: told by hand, or by what it pays."""

from datetime import date

from radar_chassis.contracts.scalars import Segment
from radar_health_score.domain.facts import AccountFacts
from radar_health_score.domain.rules import WorkspaceRules
from radar_health_score.domain.terms import in_force, total_mrr


def effective_segment(facts: AccountFacts, rules: WorkspaceRules) -> Segment:
    """Return the profile's segment; else that of the ARR in force; else long_tail."""
    return segment_on(facts, rules, rules.today(facts.as_of))


def segment_on(facts: AccountFacts, rules: WorkspaceRules, day: date) -> Segment:
    """Return the profile's segment; else that of the ARR in force on ``day``; else long_tail."""
    if facts.profile.segment is not None:
        return facts.profile.segment
    mrr = total_mrr(in_force(facts.contracts, day))
    arr = 12 * mrr.amount if mrr is not None else 0.0
    if arr >= rules.key_from_arr:
        return "key"
    return "mid" if arr >= rules.mid_from_arr else "long_tail"
