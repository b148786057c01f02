"""What the people of an account say about its renewal: who has gone quiet, and on whom it all depends.

Each finding holds exactly when the metric it is made of passes a bound, and names the person behind the number.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from radar_health_score.domain.account.facts import WINDOW_DAYS, AccountFacts, Person
from radar_health_score.domain.metrics.people import busiest, champion, shares
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.metrics.roles import days_since_decision_maker
from radar_health_score.domain.metrics.users import champion_silent, concentration, seats
from radar_health_score.domain.metrics.windows import AccountView, prepare, tally
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.answers.people import Finding, FindingKind
from radar_vocabulary.language.messages import Message, Sentence, message

QUIET_DAYS: Final = WINDOW_DAYS
ONE_PERSON_SHARE: Final = 0.75
_MAKER_QUIET: Final = message("{who}, decision maker, has not been active for {days} days")
_NOBODY_LEFT: Final = message("No user has been active for {days} days: no champion is left")
_CHAMPION_SILENT: Final = message(
    "{who}, the most active user of the last 90 days, has been inactive for {days} days"
)
_ONE_PERSON: Final = message("One user accounts for {share} of usage in the last 28 days")
_ONE_OF_THEM: Final = message("{who} accounts for {share} of usage in the last 28 days")


def findings(facts: AccountFacts, workspace: WorkspaceSettings) -> tuple[Finding, ...]:
    """Return what there is to say about the people of the account, the gravest first."""
    view = prepare(facts, workspace)
    return tuple(one for look in (_decision_maker, _champion, _one_person) for one in look(view))


def _decision_maker(view: AccountView) -> Iterator[Finding]:
    """A decision maker was active once, and none has been for QUIET_DAYS."""
    days = days_since_decision_maker(view)
    if isinstance(days, Missing) or days < QUIET_DAYS:
        return
    makers = [
        one
        for one in view.facts.people
        if one.role == "decision_maker" and not one.has_left(view.facts.as_of)
    ]
    last = max(makers, key=lambda one: (one.last_day or date.min, -one.number))
    yield _finding(
        "decision_maker_quiet", "days_since_decision_maker", days, last, last.last_day,
        share=_share(view, last),
        text=_said(_MAKER_QUIET, who=_who(last), days=days),
        as_of=view.facts.as_of,
    )  # fmt: skip


def _champion(view: AccountView) -> Iterator[Finding]:
    """The metric champion_silent says yes."""
    silent = champion_silent(view)
    if isinstance(silent, Missing) or not silent:
        return
    person = champion(view.facts)
    since = _last_day(view.facts) if person is None else person.last_day
    days = 0 if since is None else (view.facts.through - since).days
    told = (
        _said(_NOBODY_LEFT, days=days)
        if person is None
        else _said(_CHAMPION_SILENT, who=_who(person), days=days)
    )
    yield _finding(
        "champion_silent",
        "champion_silent",
        silent,
        person,
        since,
        share=_share(view, person),
        text=told,
        as_of=view.facts.as_of,
    )


def _one_person(view: AccountView) -> Iterator[Finding]:
    """One user makes ONE_PERSON_SHARE of the window's use, though there are seats for more."""
    share = concentration(view)
    if isinstance(share, Missing) or share < ONE_PERSON_SHARE or seats(view) == 1:
        return
    person = busiest(view)
    first = view.facts.through - timedelta(days=WINDOW_DAYS - 1)
    part = f"{share:.0%}"
    told = (
        Sentence(_ONE_PERSON, share=part)
        if person is None
        else Sentence(_ONE_OF_THEM, who=_who(person), share=part)
    )
    yield _finding(
        "one_person", "concentration", share, person, first, share=share, text=told, as_of=view.facts.as_of
    )


def _finding(
    kind: FindingKind, metric: str, value: float, person: Person | None, since: date | None, *,
    share: float | None, text: str, as_of: datetime,
) -> Finding:  # fmt: skip
    return Finding(
        kind=kind,
        metric=metric,
        value=value,
        user_id=None if person is None else person.user_id,
        name=None if person is None else person.name,
        role=None if person is None else person.role,
        since=since,
        share=share,
        left=person is not None and person.has_left(as_of),
        text=text,
    )


def _said(text: Message, *, days: float, **who: str) -> Sentence:
    return Sentence(text, days=f"{days:.0f}", **who)


def _share(view: AccountView, person: Person | None) -> float | None:
    return None if person is None else shares(tally(view.facts.usage)).get(person.number, 0.0)


def _last_day(facts: AccountFacts) -> date | None:
    return max((one.last_day for one in facts.people if one.last_day is not None), default=None)


def _who(person: Person) -> str:
    return person.name or person.user_id
