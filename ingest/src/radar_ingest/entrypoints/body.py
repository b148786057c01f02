"""Reads a request's body within bounds, whatever the client says about its length or compression."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import zstandard
from fastapi import Request
from starlette.requests import ClientDisconnect

from radar_ingest.domain.errors import BadCompression, BodyTooLarge, Malformed, UnsupportedEncoding
from radar_ingest.domain.limits import Limits

_CHUNK: Final = 64 * 1024
_DRAIN: Final = 3
_MEMBERS: Final = 1_000


async def read_body(request: Request, limits: Limits) -> bytes:
    """Return the body, decompressed.

    Raises:
        BodyTooLarge: before more than the limit is held in memory, for chunked and compressed bodies too.
        UnsupportedEncoding: a Content-Encoding other than gzip or zstd.
        BadCompression: the body isn't what its encoding says.
    """
    encoding = request.headers.get("content-encoding", "identity").strip().lower() or "identity"
    if encoding not in {"identity", "gzip", "x-gzip", "zstd"}:
        raise UnsupportedEncoding("Send the body as it is, or with Content-Encoding gzip or zstd.")
    if encoding == "identity":
        return await _read(request, limits.body)
    compressed = await _read(request, limits.compressed_body)
    pieces = _zstd(compressed) if encoding == "zstd" else _gzip(compressed)
    try:
        return _join(pieces, limits.body)
    except (zlib.error, zstandard.ZstdError, EOFError):
        raise BadCompression(
            "The body can't be decompressed; check Content-Encoding and the sender."
        ) from None


async def _read(request: Request, limit: int) -> bytes:
    """Return what the client sends, and go on reading (and dropping) for a while when it is too much.

    A client that is still sending when the answer comes may see a broken connection instead of the answer.
    """
    kept = bytearray()
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size <= limit:
                kept += chunk
            else:
                kept.clear()
                if size > _DRAIN * limit:
                    break
    except ClientDisconnect:
        raise Malformed("The connection ended before the body did; send it again.") from None
    if size > limit:
        raise BodyTooLarge(f"A body may hold {limit} bytes as sent; send less, or in several requests.")
    return bytes(kept)


def _gzip(compressed: bytes) -> Iterator[bytes]:
    """Yield pieces of at most _CHUNK bytes; a gzip file may have several members.

    Each member costs a copy of what follows it, so very many tiny ones could keep us busy for long.
    """
    rest = compressed
    members = 0
    while rest.strip(b"\0"):
        members += 1
        if members > _MEMBERS:
            raise EOFError
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            piece = member.decompress(rest, _CHUNK)
            rest = member.unconsumed_tail
            if not piece and not rest and not member.eof:
                raise EOFError
            yield piece
        rest = member.unused_data


def _zstd(compressed: bytes) -> Iterator[bytes]:
    """Yield pieces of at most _CHUNK bytes; frames may follow one another."""
    decompressor = zstandard.ZstdDecompressor(max_window_size=2**23)
    with decompressor.stream_reader(BytesIO(compressed), read_across_frames=True) as reader:
        while piece := reader.read(_CHUNK):
            yield piece


def _join(pieces: Iterator[bytes], limit: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        if len(body) + len(piece) > limit:
            raise BodyTooLarge(f"A body may hold {limit} bytes once decompressed; send less at a time.")
        body += piece
    return bytes(body)
