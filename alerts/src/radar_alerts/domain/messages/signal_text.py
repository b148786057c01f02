"""What a rule has found, in a sentence."""

from typing import Final

from radar_alerts.domain.cases.case import Signal
from radar_vocabulary.language.messages import Plural, message, plural
from radar_vocabulary.language.translator import Translator

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
    """Return what the signal says, without a full stop: in the reader's language, English, or the one that there is.

    A rule that says nothing is named.
    """
    reading, counted = _WITH_DAYS.get(signal.rule, ("", None))
    if counted is not None and reading in signal.evidence:
        return translator.count(counted, signal.evidence[reading])
    says = signal.says
    if says:
        return says.get(translator.language) or says.get("en") or next(iter(says.values()))
    return translator.say(_OWN_RULE, rule=signal.rule)
