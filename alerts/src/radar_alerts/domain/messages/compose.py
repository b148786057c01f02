"""Puts a case into words: who, what is at risk, when, why, what changed, and what to do next."""

from typing import Final
from urllib.parse import quote

from radar_alerts.domain.cases.case import Case
from radar_alerts.domain.messages.changed_since import changes
from radar_alerts.domain.messages.facts import also_at_risk, fact_lines
from radar_alerts.domain.messages.headlines import headline
from radar_alerts.domain.messages.leading_causes import causes, reasons
from radar_alerts.domain.messages.leads import lead
from radar_alerts.domain.messages.playbook_set import Playbooks, built_in
from radar_alerts.domain.messages.story import Story
from radar_alerts.domain.notice import Notice, NoticeAction, Tone
from radar_alerts.domain.shared_texts import OPEN_THE_CASE, translator_in
from radar_vocabulary.language.messages import message
from radar_vocabulary.language.translator import Translator
from radar_vocabulary.reasons.sentence import snapshot_in

ACTIONS: Final[tuple[NoticeAction, ...]] = ("acknowledge", "snooze_a_week")
_ANY_CAUSE: Final = message("Call them. Ask how it is going, and what they need before the renewal.")


def compose_notice(story: Story, playbooks: Playbooks | None = None) -> Notice:
    """Return the notice that tells the story; ``playbooks``: those in force, else the built-in ones."""
    translator = translator_in(story.language)
    case, snapshot = story.case, snapshot_in(story.snapshot, story.language)
    owner = case.assignee or snapshot.account.owner
    title = headline(story.kind, case, snapshot, story.renewal, translator)
    explained = case.running and case.kind == "renewal"
    return Notice(
        kind=story.kind,
        headline=title,
        lead=lead(story, translator),
        facts=(
            *fact_lines(snapshot, story.renewal, translator, risk=case.kind == "renewal"),
            *also_at_risk(story.others, translator),
        ),
        changed=changes(case, snapshot, story.renewal, translator) if explained else (),
        reasons=reasons(snapshot, case, translator) if explained else (),
        advice=next_step(story, playbooks or built_in(), translator) if case.running else None,
        link=link_to(case.case_id, story.console),
        link_label=translator.say(OPEN_THE_CASE),
        case_id=case.case_id,
        actions=ACTIONS if case.state == "open" else (),
        tone=_tone(case),
        mention=owner.slack_id if owner else None,
        severity=case.severity,
        score=snapshot.score,
        language=story.language,
    )


def next_step(story: Story, playbooks: Playbooks, translator: Translator) -> str:
    """Return the first step of the playbook for the leading cause."""
    leading = next(iter(causes(story.snapshot, story.case)), None)
    steps = playbooks.steps_for(story.case, leading, translator.language)
    return steps[0] if steps else translator.say(_ANY_CAUSE)


def link_to(case_id: str, console: str | None) -> str | None:
    """Return the address of the case's page."""
    return f"{console}/cases/{quote(case_id, safe='')}" if console else None


def _tone(case: Case) -> Tone:
    if case.state in {"renewed", "recovered"} or case.kind == "expansion":
        return "good"
    return "risk" if case.running else "calm"
