"""Stories of one account's case, as messages are made of them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from msgspec import structs

from radar_alerts.domain.cases.case import Actor, Case, LastNotice, Signal
from radar_alerts.domain.cases.decision import AnnouncementKind
from radar_alerts.domain.messages.story import Act, DigestItem, Story
from radar_alerts.domain.rules.load import load_rules
from radar_vocabulary.contracts.alerts import CaseState
from radar_vocabulary.contracts.health import CausePoints, Driver, HealthSnapshot, Renewal, TermRecord
from radar_vocabulary.contracts.scalars import Money, Owner
from radar_vocabulary.language.tags import Language
from tests.support.health import NOON, snapshot

CONSOLE = "https://radar.example"
ANN = Actor(name="ann")
RENEWS = date(2027, 1, 1)
BUILT_IN = load_rules(None).by_name
RISK = Signal(
    rule="renewal_risk",
    version="a1",
    opens=True,
    severity="high",
    playbook="",
    raised_at=NOON,
    says=dict(BUILT_IN["renewal_risk"].says),
)
SILENT = Signal(
    rule="use_stopped",
    version="b2",
    opens=True,
    severity="high",
    playbook="use_fading",
    raised_at=NOON,
    evidence={"days_since_last_activity": 40.0, "usual_gap_days": 6.0},
)
DRIVERS = (
    Driver(metric="usage_trend", dimension="behaviour", value=-1.27, unit="log ratio", points=-12.0, text="x",
           cause="use_fading"),
    Driver(metric="days_since_last_activity", dimension="behaviour", value=40, unit="days", points=-8.0, text="x",
           cause="use_fading"),
    Driver(metric="regularity", dimension="behaviour", value=0.1, unit="share", points=-2.0, text="x",
           cause="use_fading"),
    Driver(metric="days_since_decision_maker", dimension="users", value=55, unit="days", points=-7.0, text="x",
           cause="sponsor_quiet"),
    Driver(metric="north_star_vs_target", dimension="outcomes", value=0.4, unit="share", points=-5.0, text="x",
           cause="outcome_missed"),
    Driver(metric="invoices_overdue", dimension="outcomes", value=1, unit="invoices", points=-1.0, text="x",
           cause="money"),
    Driver(metric="seat_utilisation", dimension="users", value=0.8, unit="share", points=2.5, text="x",
           beside={"mau": 32, "seats": 40}, cause="not_adopted"),
)  # fmt: skip
COMPLAINT = Driver(
    metric="severe_open_tickets",
    dimension="outcomes",
    value=1,
    unit="tickets",
    points=-2.0,
    text="x",
    cause="support_trouble",
)


def due(
    *, days: int = 41, source: str = "scorecard", notice_in: int | None = 11, probability: float = 0.4
) -> Renewal:
    """Return a renewal of 60,000 EUR."""
    return Renewal(
        contract_id="c1",
        term_id="c1:1",
        renews_on=NOON.date() + timedelta(days=days),
        days=days,
        source=source,  # type: ignore[arg-type]
        arr=Money(amount=60_000.0, currency="EUR"),
        arr_at_risk=Money(amount=60_000.0 * (1 - probability), currency="EUR"),
        probability=probability,
        notice_by=None if notice_in is None else NOON.date() + timedelta(days=notice_in),
    )


def points(drivers: tuple[Driver, ...]) -> tuple[CausePoints, ...]:
    """Return the points of the drivers by cause, worst first."""
    sums: dict[str, float] = {}
    for one in drivers:
        if one.cause:
            sums[one.cause] = sums.get(one.cause, 0.0) + one.points
    return tuple(
        CausePoints(cause=name, points=total)  # type: ignore[arg-type]
        for name, total in sorted(sums.items(), key=lambda one: one[1])
    )


def known(
    score: float | None = 31.4,
    drivers: tuple[Driver, ...] = DRIVERS,
    *,
    at: datetime = NOON,
    name: str | None = "Acme Corp",
    terms: tuple[TermRecord, ...] = (),
    **readings: float,
) -> HealthSnapshot:
    """Return a snapshot that came in a language that isn't the reader's: its drivers are worded again."""
    return structs.replace(
        snapshot(score, as_of=at, drivers=drivers, name=name),
        causes=points(drivers),
        readings=readings,
        terms=terms,
        language="xx",
    )


def case(state: CaseState = "open", **given: object) -> Case:
    """Return a case of the renewal that ``due`` returns."""
    base = Case(
        case_id="ca_1",
        account_id="acme",
        kind="renewal",
        contract_id="c1",
        term_id="c1:1",
        state=state,
        sequence=1,
        severity="high",
        renews_on=RENEWS,
        opened_by="renewal_risk",
        rule_version="a1",
        opened_at=NOON,
        changed_at=NOON,
        signals=(RISK,),
    )
    return structs.replace(base, **given)


def story(kind: AnnouncementKind = "opened", about: Case | None = None, **given: object) -> Story:
    """Return a story of that case."""
    said: dict[str, object] = {"snapshot": known(), "renewal": due(), "console": CONSOLE, **given}
    return Story(kind=kind, case=about or case(), **said)  # type: ignore[arg-type]


def told(*, score: float = 52.0, churn: float = 0.35, source: str = "scorecard") -> LastNotice:
    """Return what a notice said five days before."""
    return LastNotice(
        at=NOON - timedelta(days=5),
        score=score,
        churn_probability=churn,
        source=source,
        cause="sponsor_quiet",
    )


def term(outcome: str) -> TermRecord:
    """Return the term of the case with its outcome."""
    return TermRecord(
        term_id="c1:1",
        contract_id="c1",
        ends_on=RENEWS,
        outcome=outcome,  # type: ignore[arg-type]
        ended_on=NOON.date(),
        known_at=NOON,
    )


def every_story(language: Language) -> dict[str, Story]:
    """Return a story of each kind of notice, by a name that says which."""
    gone = tuple(structs.replace(one, cleared_at=NOON - timedelta(days=2)) for one in (RISK, SILENT))
    well = known(72.0, (), active_days_14d=9.0)
    before = case(announced_at=NOON - timedelta(days=4))
    full = case(kind="expansion", signals=(), renews_on=None)
    made = {
        "opened": story(),
        "opened_by_a_model": story(renewal=due(source="model", notice_in=None)),
        "opened_with_a_complaint": story(snapshot=known(drivers=(*DRIVERS, COMPLAINT))),
        "opened_without_money_or_owner": story(
            snapshot=structs.replace(known(None), account=structs.replace(known().account, owner=None)),
            renewal=None,
        ),
        "worsened": story("worsened", case(last_notice=told(), signals=(RISK, SILENT))),
        "escalated": story("escalated", before, told=("Ann Lee",)),
        "woken": story("woken", before, last_act=Act(change="snoozed", at=NOON, by=ANN)),
        "handed_over": story(
            "handed_over", case(assignee=Owner(name="Bo")), last_act=Act(change="assigned", at=NOON, by=ANN)
        ),
        "reopened": story("reopened", case(openings=2, last_notice=told(score=72.0))),
        "notice_given": story(
            "notice_given", case(notice_given=True), renewal=due(source="told", probability=0.0)
        ),
        "passed": story("opened", case(kind="passed"), renewal=due(days=-4, notice_in=None)),
        "expansion": story(
            "opened", full, snapshot=known(81.0, (), seat_utilisation=0.97, north_star_vs_target=1.3)
        ),
        "renewed": story("ended", case("renewed"), snapshot=known(terms=(term("expanded"),)), renewal=None),
        "lost": story("ended", case("lost"), snapshot=known(terms=(term("churned"),)), renewal=None),
        "recovered": story(
            "ended",
            case("recovered", signals=gone),
            snapshot=well,
            renewal=due(probability=0.81),
            well_for=timedelta(days=14),
        ),
        "dismissed": story(
            "ended",
            case("dismissed", ended_by=Actor(name="desk key", claim="Ann"), outcome_reason="false_alarm"),
        ),
        "two_renewals": story(others=(case(contract_id="c2", renews_on=date(2027, 2, 1)),)),
    }
    return {name: _in(one, language) for name, one in made.items()}


def digest_items(why: str = "can_wait") -> list[DigestItem]:
    """Return three renewals of three accounts in two currencies."""
    dollars = structs.replace(due(days=70), arr_at_risk=Money(amount=12_000.0, currency="USD"))
    return [
        DigestItem(case=case(), snapshot=known(), renewal=due(), kind="opened", why=why),
        DigestItem(
            case=case(case_id="ca_2", account_id="globex", signals=(SILENT,)),
            snapshot=known(44.0, (*DRIVERS, COMPLAINT), name="Globex"),
            renewal=dollars,
            kind="opened",
            why="budget",
        ),
        DigestItem(
            case=case("renewed", case_id="ca_3", account_id="initech"),
            snapshot=known(70.0, (), name="Initech", terms=(term("renewed"),)),
            renewal=None,
            kind="ended",
            why=why,
        ),
    ]


def _in(one: Story, language: Language) -> Story:
    return replace(one, language=language)
