"""What a rule has found, in a sentence."""

from typing import Final

from radar_alerts.domain.cases.case import Signal
from radar_vocabulary.language.messages import Message, Plural, message, plural
from radar_vocabulary.language.translator import Translator

_FINDINGS: Final[dict[str, Message]] = {
    "renewal_risk": message("The renewal probability has been low for a week"),
    "use_stopped": message("Use has stopped for far longer than usual"),
    "renewal_passed": message("The renewal date has passed without an outcome"),
    "sponsor_silent": message("A decision maker or the champion has gone quiet"),
    "severe_ticket": message("A severe ticket or a complaint is open"),
    "promise_overdue": message("A promise of ours is overdue"),
    "incident": message("An outage of ours affected the customer in the last two weeks"),
    "score_fell": message("Health fell by 15 points or more within two weeks"),
    "worsened": message("Churn has become much more likely"),
    "expansion_ready": message("The account is healthy and uses what it bought to the full"),
}
# The reading whose value says more than the bare finding.
_WITH_DAYS: Final[dict[str, tuple[str, Plural]]] = {
    "use_stopped": (
        "days_since_last_activity",
        plural(
            "No use for {count} day, far longer than usual", "No use for {count} days, far longer than usual"
        ),
    ),
    "sponsor_silent": (
        "sponsor_quiet_days",
        plural(
            "A decision maker or the champion has been quiet for {count} day",
            "A decision maker or the champion has been quiet for {count} days",
        ),
    ),
}
_OWN_RULE: Final = message("Your rule {rule} holds")


def finding(signal: Signal, translator: Translator) -> str:
    """Return what the signal says, without a full stop; a rule of the workspace's own is named."""
    reading, counted = _WITH_DAYS.get(signal.rule, ("", None))
    if counted is not None and reading in signal.evidence:
        return translator.count(counted, signal.evidence[reading])
    if signal.rule in _FINDINGS:
        return translator.say(_FINDINGS[signal.rule])
    return translator.say(_OWN_RULE, rule=signal.rule)
