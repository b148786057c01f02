"""Messages without values that release 0.1.0 stored in snapshots, backtests and alerts, and what they are called now.

What it stored with values in it stays as it is, in English: its message and values weren't stored.
"""

from collections.abc import Mapping
from typing import Final

EARLIER: Final[Mapping[str, str]] = {
    # why a metric is missing
    "a single seat was bought": "the contract has a single seat",
    "everyone seen has left": "all known users have left",
    "no CSAT answer in the last year": "no CSAT response in the last year",
    "no NPS answer in both halves of the last year": "no NPS response in one half of the last year",
    "no NPS answer in the last year": "no NPS response in the last year",
    "no contract known": "no contract is known",
    "no contract's start is known": "no contract start date is known",
    "no promise has come due or been kept": "no promise is due or kept yet",
    "no single MRR is known": "no MRR in a single currency is known",
    "no ticket was solved in the last 90 days": "no ticket was resolved in the last 90 days",
    "no use has ever been reported": "no usage has ever been reported",
    "no use in the last 28 days": "no usage in the last 28 days",
    "no use names a user": "no usage event names a user",
    "no use of a feature has been reported": "no feature use has been reported",
    "nobody was active in the window before": "no user was active in the previous 28 days",
    "the contract names no seats": "the contract doesn't state its seats",
    # scorers of a backtest, and why one gave no result
    "Use fell by half": "Usage down by half",
    "no outcome was known before the split to rank against": "no outcome was known before the split date",
    "the outcomes known so far all came at once, so nothing could be tested on later ones": (
        "all known outcomes have the same date, so none are left for testing"
    ),
    # steps of an alert
    "resolved: another renewal is the account's next one": "resolved: the account's next renewal is another contract",
    "resolved: the customer has left": "lost: the customer left",
    "resolved: the customer churned": "lost: the customer left",
    "resolved: the account stayed recovered": "recovered: no signal holds any more",
    "opened: the account is at risk": "opened: a rule's signal",
    "reopened: the account is at risk again": "reopened: at risk again in the same term",
    "woken: the snooze is over and the account is still at risk": "snooze ended: the account is still at risk",
}
