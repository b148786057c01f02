"""What a click on a button in Slack asks for, read from the signed body."""

from dataclasses import dataclass
from typing import Any, Final, get_args
from urllib.parse import parse_qs

import msgspec

from radar_alerts.domain.notice import NoticeAction

_ACTIONS: Final = frozenset(get_args(NoticeAction))


@dataclass(frozen=True, kw_only=True)
class Click:
    """A click. ``reply_to`` is where Slack takes an answer that only the user sees."""

    user: str
    action: NoticeAction
    case_id: str
    reply_to: str | None


def click_in(body: bytes) -> Click | None:
    """Return the click in a form with a JSON ``payload``; None for anything that isn't one of ours."""
    try:
        payload = msgspec.json.decode(parse_qs(body.decode(), max_num_fields=20)["payload"][0])
    except (ValueError, KeyError, RecursionError, msgspec.MsgspecError):
        return None
    if not isinstance(payload, dict) or payload.get("type") != "block_actions":
        return None
    actions, user = payload.get("actions"), payload.get("user")
    action = actions[0] if isinstance(actions, list) and actions else None
    if not isinstance(action, dict) or not isinstance(user, dict):
        return None
    return _click(user.get("id"), action.get("action_id"), action.get("value"), payload.get("response_url"))


def _click(user: Any, action: Any, case_id: Any, reply_to: Any) -> Click | None:
    if not (isinstance(user, str) and user and isinstance(case_id, str) and 0 < len(case_id) <= 40):
        return None
    if not isinstance(action, str) or action not in _ACTIONS:
        return None
    where = reply_to if isinstance(reply_to, str) else None
    return Click(user=user, action=action, case_id=case_id, reply_to=where)  # type: ignore[arg-type]
