"""Notices of one account at risk, as people read them."""

from msgspec import structs

from radar_alerts.domain.cases.case import Case
from radar_alerts.domain.cases.decision import AnnouncementKind
from radar_alerts.domain.messages.compose import compose_notice
from radar_alerts.domain.messages.story import Story
from radar_alerts.domain.notice import Notice
from radar_vocabulary.contracts.health import Driver, HealthSnapshot, ModelRef
from radar_vocabulary.language.tags import Language
from tests.support.health import NOON, snapshot

_IN_ANOTHER_LANGUAGE = (
    Driver(metric="usage_trend", dimension="behaviour", value=-0.42, unit="log ratio", points=-9.4, text="x"),
    Driver(
        metric="severe_open_tickets", dimension="outcomes", value=2, unit="tickets", points=-4.0, text="y"
    ),
)


def notice(
    kind: AnnouncementKind = "opened",
    about: HealthSnapshot | None = None,
    language: Language = "en",
    **case: object,
) -> Notice:
    """Return a notice about a snapshot, else about one of a customer at risk; ``case``: more of the case."""
    news = about or snapshot(31.4)
    renewal = news.renewal
    found = Case(
        case_id="ca_1",
        account_id=news.account_id,
        kind="renewal",
        contract_id="c1",
        term_id="c1",
        state="open",
        sequence=1,
        severity="high",
        renews_on=renewal.renews_on if renewal else None,
        opened_by="renewal_risk",
        rule_version="1",
        opened_at=NOON,
        changed_at=NOON,
    )
    story = Story(
        kind=kind,
        case=structs.replace(found, **case),
        snapshot=news,
        renewal=renewal,
        told=("Anna Sand",),
        console="https://radar.example",
        language=language,
    )
    return compose_notice(story)


def translated(
    name: str, language: Language, kind: AnnouncementKind = "opened", *, model: ModelRef | None = None
) -> Notice:
    """Return a notice whose snapshot came in a language that isn't the reader's: its drivers are worded again."""
    news = snapshot(31.4, name=name, drivers=_IN_ANOTHER_LANGUAGE, model=model)
    return notice(kind, structs.replace(news, language="xx"), language)
