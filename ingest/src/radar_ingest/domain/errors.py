"""Problems with a whole request, each with its status and stable code."""

from radar_chassis.errors import InvalidRequest, RadarError, TooLarge, UnsupportedMedia
from radar_ingest.domain.rejection import RejectionCode


class BodyTooLarge(TooLarge):
    """More bytes than a request may have."""

    code = "body_too_large"


class TooManyRecords(TooLarge):
    """More records than a request may have."""

    code = "too_many_records"


class RecordTooLarge(TooLarge):
    """The one event of this request is too large."""

    code = "record_too_large"


class UnsupportedEncoding(UnsupportedMedia):
    """A content encoding or type that isn't read here."""

    code = "unsupported_encoding"


class Malformed(RadarError):  # noqa: N818 - named for what the caller sees
    """Nothing in the body can be told apart."""

    status = 400
    code = "malformed_json"


class BadCompression(Malformed):
    """The body isn't what its Content-Encoding says."""

    code = "bad_compression"


class TooDeep(Malformed):
    """The one event of this request nests too deeply."""

    code = "too_deep"


class NotFinite(InvalidRequest):
    """The one event of this request holds NaN or Infinity."""

    code = "not_finite"


class NotAnEvent(InvalidRequest):
    """The body is JSON, and not an event, a list of events, or lines of events."""

    code = "not_an_object"


class DuplicateKey(InvalidRequest):
    """An object names a key twice."""

    code = "duplicate_key"


_WHOLE: dict[RejectionCode, type[RadarError]] = {
    "malformed_json": Malformed,
    "too_deep": TooDeep,
    "record_too_large": RecordTooLarge,
    "not_finite": NotFinite,
    "not_an_object": NotAnEvent,
    "duplicate_key": DuplicateKey,
}


def whole_request(code: RejectionCode, reason: str) -> RadarError | None:
    """Return the problem for a request whose only event can't be read; None where a receipt says it better."""
    kind = _WHOLE.get(code)
    return None if kind is None else kind(reason)
