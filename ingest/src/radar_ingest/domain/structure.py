"""Cuts a list or an object into its members by brackets and strings alone, without judging what is in them.

The way out when a decoder gives up on a whole body: one bad member must not cost the good ones beside it.
Memory stays flat: members are yielded one by one, as positions.
"""

import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{},]', re.DOTALL)
_KEY: Final = re.compile(rb'\s*"((?:[^"\\]++|\\.)*+)"\s*:\s*', re.DOTALL)
_SPACE: Final = b" \t\r\n"
_OPEN: Final = frozenset(b"[{")
_CLOSE: Final = frozenset(b"]}")
_COMMA: Final = ord(",")


class Unbalanced(ValueError):  # noqa: N818 - it says what is wrong
    """Brackets or strings don't close, or something follows the end."""


def members(text: bytes) -> Iterator[bytes]:
    """Yield the members of the list or object that ``text`` is, each stripped of white space.

    Raises:
        Unbalanced: at the end, when there is no proper end; members before it have been yielded.
    """
    depth = begin = 0
    for token in _TOKEN.finditer(text):
        first = text[token.start()]
        if first in _OPEN:
            depth += 1
            if depth == 1:
                begin = token.end()
        elif first in _CLOSE:
            depth -= 1
            if depth == 0:
                last = text[begin : token.start()].strip(_SPACE)
                if last:
                    yield last
                if text[token.end() :].strip(_SPACE):
                    raise Unbalanced
                return
        elif first == _COMMA and depth == 1:
            yield text[begin : token.start()].strip(_SPACE)
            begin = token.end()
    raise Unbalanced


def fields(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the (key, value) pairs of the object that ``text`` is, as bytes. Raises Unbalanced."""
    for member in members(text):
        key = _KEY.match(member)
        if key is None:
            raise Unbalanced
        yield key[1], member[key.end() :]
