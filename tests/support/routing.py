"""Cases to route, and trees to route them with."""

import textwrap

from radar_alerts.domain.routing import AvailableChannels
from radar_alerts.domain.routing.match import RouteFacts
from radar_alerts.domain.routing.receivers import Receivers
from radar_alerts.domain.routing.route_file import read_routing_text
from radar_alerts.domain.routing.tree import Tree
from radar_vocabulary.contracts.health import AccountRef
from radar_vocabulary.contracts.scalars import Owner
from tests.support.channels import reachable

ANNA = Owner(name="Anna", email="anna@x.example", slack_id="U1")
QUEUE = {"slack": "C1", "email": "queue@x.example"}
OPERATORS = {"slack": "C9"}
CHANNELS = ("slack", "email")


def facts(owner: Owner | None = ANNA, arr: float | None = 60_000.0, **given) -> RouteFacts:
    """Return a case of an account; ``given`` are fields of the account, or of the case."""
    of_case = {name: given.pop(name) for name in ("rule", "severity", "tier") if name in given}
    account = AccountRef(owner=owner, **{"segment": "key", **given})
    return RouteFacts(account_id="acme", account=account, arr=arr, **of_case)


def receivers(**given) -> Receivers:
    """Return receivers where Slack and e-mail are set up."""
    channels = reachable(*CHANNELS, queues={"key": QUEUE}, operators=OPERATORS)
    return Receivers(**{"channels": channels, "time_zone": "Europe/Berlin", **given})


def tree(text: str, **given) -> Tree:
    """Return the tree in a routing file."""
    read = read_routing_text(textwrap.dedent(text), channels=CHANNELS, time_zone="Europe/Berlin")
    made = receivers(settings=read.receivers, **given)
    return Tree(receivers=made, routes=read.routes, fallback=read.fallback)


def with_tree(text: str, channels: AvailableChannels) -> Tree:
    """Return the tree in a routing file, over channels of the caller."""
    read = read_routing_text(textwrap.dedent(text), channels=CHANNELS, time_zone="UTC")
    made = Receivers(channels=channels, settings=read.receivers)
    return Tree(receivers=made, routes=read.routes, fallback=read.fallback)
