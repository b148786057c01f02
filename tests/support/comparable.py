"""Facts made comparable: users by name instead of by number, which depends on who came first."""

from typing import Any

from radar_health_score.domain.account.facts import AccountFacts


def comparable(facts: AccountFacts) -> dict[str, Any]:
    """Return everything in ``facts`` in a form that doesn't depend on how users were numbered."""
    names = {person.number: person.user_id for person in facts.people}
    return {
        "as_of": facts.as_of,
        "through": facts.through,
        "profile": facts.profile,
        "usage": [
            (
                day.day,
                {
                    name: (use.uses, use.seconds, sorted(names[number] for number in use.users))
                    for name, use in day.features.items()
                },
                sorted(names[number] for number in day.users),
                {names[number]: uses for number, uses in day.uses_by_user.items()},
            )
            for day in facts.usage
        ],
        "year": facts.year.rows(),
        "people": sorted(
            (
                person.user_id,
                person.role,
                person.name,
                person.left_at,
                person.first_day,
                person.activated_day,
                person.last_day,
            )
            for person in facts.people
        ),
        "contracts": facts.contracts,
        "tickets": facts.tickets,
        "surveys": facts.surveys,
        "invoices": facts.invoices,
        "milestones": facts.milestones,
        "requests": facts.requests,
        "promises": facts.promises,
        "incidents": facts.incidents,
        "resting": facts.expired_kinds,
        "first": facts.first_event_at,
        "last": facts.last_event_at,
    }
