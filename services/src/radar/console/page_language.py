"""Which language the person at the console reads: as chosen in the page's header, else as their browser says."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from fastapi import Request

from radar_vocabulary.language.tags import Language, accepted, supported

COOKIE: Final = "radar_language"
_reads: ContextVar[Language] = ContextVar("radar_console_language", default="en")


def page_language() -> Language:
    """Return the language of whoever the page at hand is made for."""
    return _reads.get()


@contextmanager
def use_language_of(request: Request) -> Iterator[None]:
    """Make what is asked and shown within it be in the language of who sent ``request``."""
    mark = _reads.set(_of(request))
    try:
        yield
    finally:
        _reads.reset(mark)


def _of(request: Request) -> Language:
    own: Language = request.app.state.language
    return supported(request.cookies.get(COOKIE)) or accepted(request.headers.get("Accept-Language")) or own
