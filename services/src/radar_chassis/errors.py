"""Errors of ours: each has an HTTP status, a stable code, and a sentence that says what to do."""

from typing import ClassVar


class RadarError(Exception):
    """Base of every error a caller may see.

    Attributes:
        status: HTTP status it answers with.
        code: stable, machine-readable name; part of the public contract.
        detail: a sentence that tells the reader what to do. Never echoes the caller's input.
        retry_after: seconds after which trying again makes sense, if it does.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"

    def __init__(self, detail: str, *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after = retry_after


class InvalidRequest(RadarError):  # noqa: N818 - named for what the caller sees
    """The request can't be understood as it is."""

    status = 422
    code = "invalid_request"


class NotFound(RadarError):  # noqa: N818
    """No such thing."""

    status = 404
    code = "not_found"


class Conflict(RadarError):  # noqa: N818
    """The thing is in a state that doesn't allow this."""

    status = 409
    code = "conflict"


class Unauthorized(RadarError):  # noqa: N818
    """No key, or one that isn't known."""

    status = 401
    code = "unauthorized"


class Forbidden(RadarError):  # noqa: N818
    """A known key without the scope this needs."""

    status = 403
    code = "forbidden"


class TooLarge(RadarError):  # noqa: N818
    """More than a limit allows."""

    status = 413
    code = "too_large"


class UnsupportedMedia(RadarError):  # noqa: N818
    """A format or encoding we don't read."""

    status = 415
    code = "unsupported_media_type"


class RateLimited(RadarError):  # noqa: N818
    """Over the key's rate; always carries ``retry_after``."""

    status = 429
    code = "rate_limited"


class Unavailable(RadarError):  # noqa: N818
    """Something we need (the log, the database) can't do its part right now; try again."""

    status = 503
    code = "unavailable"


class ConfigurationError(RadarError):
    """Settings that can't work; the detail names every one of them."""

    code = "configuration_error"
