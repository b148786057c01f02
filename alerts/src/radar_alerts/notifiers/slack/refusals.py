"""What Slack's error codes mean for a message."""

from typing import Final

from radar_alerts.domain.outcome import Failed, Outcome, Retry
from radar_alerts.notifiers.http_post import DEFAULT_WAIT, printable

# What Slack answers for as long as nobody mends the set-up (docs.slack.dev, chat.postMessage and incoming webhooks).
PERMANENT: Final = frozenset({
    "account_inactive", "action_prohibited", "as_user_not_supported", "cannot_reply_to_message",
    "channel_is_archived", "channel_not_found", "channel_type_not_supported", "ekm_access_denied",
    "enterprise_is_restricted", "invalid_arguments", "invalid_auth", "invalid_blocks",
    "invalid_blocks_format", "invalid_metadata_format", "invalid_metadata_schema", "invalid_payload",
    "invalid_token", "is_archived", "messages_tab_disabled", "missing_scope", "msg_too_long", "no_active_hooks",
    "no_permission", "no_service", "no_service_id", "no_team", "no_text", "not_allowed_token_type",
    "not_authed", "not_in_channel", "org_login_required", "posting_to_general_channel_denied",
    "restricted_action", "restricted_action_read_only_channel", "team_access_not_granted",
    "team_added_to_org", "team_disabled", "token_expired", "token_revoked", "too_many_attachments",
    "two_factor_setup_required", "user_not_found", "user_not_visible",
})  # fmt: skip


def refused(code: str) -> Outcome:
    """Return the outcome of an error code of Slack's."""
    if code in {"ratelimited", "rate_limited"}:
        return Retry(reason="Slack asked to slow down", after=DEFAULT_WAIT, throttled=True)
    if code in PERMANENT:
        return Failed(reason=f"Slack refused: {code}", operators=True)
    return Retry(reason=f"Slack refused: {printable(code)}")
