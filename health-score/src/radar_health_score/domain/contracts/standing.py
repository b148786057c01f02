"""Whether an account is a customer of ours: what its contracts say of the relation as a whole."""

from collections.abc import Sequence
from datetime import date

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.revenue import spans
from radar_vocabulary.contracts.scalars import Standing


def standing_of(contracts: Sequence[Contract], today: date) -> Standing:
    """Return the account's standing on ``today``, given every term known as of the moment.

    - prospect: no contract of it has begun; trials are none.
    - customer: a contract is in force, or was renewed and what follows isn't known yet.
    - former: its contracts have ended.
    """
    begun = [span for span in spans(contracts) if span.begins is None or span.begins <= today]
    if any(span.covers(today) for span in begun):
        return "customer"
    return "former" if begun else "prospect"
