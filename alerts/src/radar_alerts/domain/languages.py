"""Which language a notice is in: the one set for its route, else the account's, else the workspace's."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from radar_vocabulary.contracts.health import AccountRef
from radar_vocabulary.contracts.scalars import Segment
from radar_vocabulary.language.tags import Language, supported


@dataclass(frozen=True, kw_only=True)
class Languages:
    """The languages that people have set.

    Attributes:
        workspace: for accounts of whom no language is known, or none that is spoken here.
        owners: for every owner; None: each in the account's language.
        queues: for a segment's team; without one, the same as for owners.
        operators: for those who run the product.
    """

    workspace: Language = "en"
    owners: Language | None = None
    queues: Mapping[Segment, Language] = field(default_factory=dict)
    operators: Language = "en"

    def for_owner(self, account: AccountRef) -> Language:
        """Return the language to tell the account's owner in."""
        return self.owners or supported(account.language) or self.workspace

    def for_queue(self, account: AccountRef) -> Language:
        """Return the language to tell the team of the account's segment in."""
        return self.queues.get(account.segment) or self.for_owner(account)
