"""Notices of one account at risk, as people read them."""

from msgspec.structs import replace

from radar_alerts.domain.decision import NoticeKind
from radar_alerts.domain.episode import Episode
from radar_alerts.domain.notice import Notice
from radar_alerts.domain.notice_text import compose_notice
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
    kind: NoticeKind = "opened", about: HealthSnapshot | None = None, language: Language = "en"
) -> Notice:
    """Return a notice about a snapshot, else about one of a customer at risk."""
    news = about or snapshot(31.4)
    episode = Episode(
        alert_id="al_1",
        account_id=news.account_id,
        contract_id="c1",
        state="open",
        sequence=1,
        severity="high",
        snapshot=news,
        opened_at=NOON,
        changed_at=NOON,
    )
    return compose_notice(kind, episode, console="https://radar.example", language=language)


def translated(
    name: str, language: Language, kind: NoticeKind = "opened", *, model: ModelRef | None = None
) -> Notice:
    """Return a notice whose snapshot came in a language that isn't the reader's: its drivers are worded again."""
    news = snapshot(31.4, name=name, drivers=_IN_ANOTHER_LANGUAGE, model=model)
    return notice(kind, replace(news, language="xx"), language)
