"""Whether an account is a customer of ours: what its contracts say of the relation as a whole."""

from collections.abc import Iterable

from radar_health_score.domain.account.facts import Closing, Contract
from radar_vocabulary.contracts.scalars import Standing


def standing_of(contracts: Iterable[Contract]) -> Standing:
    """Return the account's standing, given every term known as of the moment.

    - prospect: it never had a contract.
    - customer: a contract is open, or the last term went on (renewed, expanded, contracted) and what follows isn't
      known yet. Of terms that ended on the same day, one that went on is enough.
    - former: the last term churned and no contract is open. It counts from when that is known, though the term may
      have some days left: there is no renewal to win any more.
    """
    terms = tuple(contracts)
    closings = [term.closing for term in terms if term.closing is not None]
    if len(closings) < len(terms):
        return "customer"
    return _after(closings) if closings else "prospect"


def _after(closings: list[Closing]) -> Standing:
    last = max(closing.on for closing in closings)
    goes_on = any(closing.on == last and closing.outcome != "churned" for closing in closings)
    return "customer" if goes_on else "former"
