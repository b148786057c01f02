"""Says in our own event types what a Segment message means.

track → feature_used (or login), identify → user_updated, group → account_updated, page and screen → feature_used
of "page:<name>" and "screen:<name>". What we have no field for is kept under ``properties`` or ``traits``.
"""

from collections.abc import Mapping
from typing import Any, Final, get_args

from radar_ingest.domain.rejection import Refused
from radar_ingest.domain.segment_message import Message
from radar_vocabulary.contracts.scalars import Role, Segment

LOGINS: Final = frozenset(
    {"logged in", "log in", "login", "user logged in", "signed in", "sign in", "signin", "user signed in"}
)
_MOST_USES: Final = 1_000_000_000
_TEXT: Final = 4_000
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {"segment": get_args(Segment), "role": get_args(Role)}
_ACCOUNT: Final = ("name", "industry", "region", "language", "time_zone", "segment")
_USER: Final = ("name", "email", "role")


def meaning(message: Message, warnings: list[str]) -> tuple[str, dict[str, Any]]:
    """Return our (event type, data) for ``message``.

    Raises:
        Refused: a type or shape that has no meaning here.
    """
    match message.type:
        case "track":
            return _track(message)
        case "page" | "screen":
            return _seen(message.type, message)
        case "identify":
            if message.user is None:
                raise Refused("user_required", "identify needs a userId that says whom it is about.")
            return "user_updated", _promote(message.traits or {}, _USER, warnings)
        case "group":
            if message.account is None:
                raise Refused("account_required", "group needs a groupId: the account the user belongs to.")
            return "account_updated", _promote(message.traits or {}, _ACCOUNT, warnings)
        case "alias":
            raise Refused("unsupported_message", "alias isn't supported: send one userId from the start.")
        case _:
            raise Refused("unknown_type", "type must be track, identify, group, page or screen.")


def _track(message: Message) -> tuple[str, dict[str, Any]]:
    name = (message.event or "").strip()
    if not name:
        raise Refused("invalid_event", "track needs an event: the name of what the user did.")
    properties = message.properties or {}
    if name.casefold().replace("_", " ") in LOGINS:
        method = properties.get("method")
        known = {"method": method} if isinstance(method, str) and len(method) <= _TEXT else {}
        return "login", {**known, "properties": properties}
    return "feature_used", _use(name, properties)


def _seen(kind: str, message: Message) -> tuple[str, dict[str, Any]]:
    properties = message.properties or {}
    title = message.name or properties.get("title") or message.category
    name = f"{kind}:{title.strip()}" if isinstance(title, str) and title.strip() else kind
    return "feature_used", _use(name, {} if properties is None else properties)


def _use(feature: str, properties: dict[str, Any]) -> dict[str, Any]:
    if len(feature) > 200:
        raise Refused("invalid_event", "The name of what the user did may have 200 characters at most.")
    data: dict[str, Any] = {"feature": feature}
    count, seconds = properties.get("count"), properties.get("seconds")
    if type(count) is int and 0 <= count <= _MOST_USES:
        data["count"] = count
    if isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 <= seconds <= 1e9:
        data["seconds"] = seconds
    return {**data, "properties": properties}


def _promote(traits: dict[str, Any], names: tuple[str, ...], warnings: list[str]) -> dict[str, Any]:
    """Return ``traits`` with the ones we know at the top and the rest kept under ``traits``."""
    known: dict[str, Any] = {}
    rest = dict(traits)
    if "name" not in rest and isinstance(rest.get("firstName"), str):
        rest["name"] = f"{rest['firstName']} {rest.get('lastName') or ''}".strip()
    for name in names:
        if name not in rest:
            continue
        value = rest[name]
        if value is None or (isinstance(value, str) and len(value) <= _TEXT and _allowed(name, value)):
            known[name] = rest.pop(name)
        else:
            words = f": use {', '.join(_WORDS[name])}" if name in _WORDS else ""
            warnings.append(f"traits.{name} was kept but not used{words or '; send text'}.")
    return {**known, "traits": rest} if rest else known


def _allowed(name: str, value: str) -> bool:
    return name not in _WORDS or value in _WORDS[name]
