"""What ``GET /v1/deliveries`` answers with."""

from msgspec import Struct

from radar_vocabulary.contracts.alerts import Channel, DeliveryState
from radar_vocabulary.contracts.scalars import Moment


class DeliveryLine(Struct, frozen=True, kw_only=True):
    """A message, to whom, and what became of it.

    ``receiver_id`` names who was told without an address; ``possibly_repeated``: it may have arrived another way.
    """

    delivery_id: str
    alert_id: str | None
    kind: str
    channel: Channel
    recipient: str
    state: DeliveryState
    subject: str
    text: str
    created_at: Moment
    due_at: Moment | None
    finished_at: Moment | None
    tries: int
    resent: bool
    reason: str | None
    case_id: str | None = None
    receiver_id: str | None = None
    possibly_repeated: bool = False
