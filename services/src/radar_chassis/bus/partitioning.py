"""Which partition a key belongs to: murmur2, as every Kafka client does it, so that both drivers agree."""

from functools import lru_cache
from typing import Final

_MASK: Final = 0xFFFFFFFF
_MIX: Final = 0x5BD1E995
_SEED: Final = 0x9747B28C
_CACHED_KEYS: Final = 200_000


def murmur2(data: bytes) -> int:
    """Return the 32-bit hash of ``data`` (the Java client's ``Utils.murmur2``, unsigned)."""
    whole = len(data) & ~3
    state = _SEED ^ len(data)
    for start in range(0, whole, 4):
        word = int.from_bytes(data[start : start + 4], "little") * _MIX & _MASK
        word = (word ^ word >> 24) * _MIX & _MASK
        state = (state * _MIX & _MASK) ^ word
    if len(data) > whole:
        state = (state ^ int.from_bytes(data[whole:], "little")) * _MIX & _MASK
    state = (state ^ state >> 13) * _MIX & _MASK
    return state ^ state >> 15


@lru_cache(maxsize=_CACHED_KEYS)
def partition_of(key: bytes, partitions: int) -> int:
    """Return the partition of ``key`` among ``partitions``; remembered, since accounts come again and again."""
    return (murmur2(key) & 0x7FFFFFFF) % partitions
