"""The same knowledge seen later: what silence alone does to an account."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from radar_health_score.domain.account.facts import USAGE_DAYS, AccountFacts


def seen_later(facts: AccountFacts, as_of: datetime, through: date) -> AccountFacts:
    """Return ``facts`` as of a later moment at which nothing new is known.

    Args:
        facts: what was known.
        as_of: the later moment.
        through: its last day that counts.
    """
    reach = through - timedelta(days=USAGE_DAYS)
    usage = tuple(day for day in facts.usage if day.day > reach)
    year = facts.year.seen_from(through.toordinal())
    return replace(facts, as_of=as_of, through=through, usage=usage, year=year)
