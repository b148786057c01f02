"""Catalogues of translations, brought in step with the texts in the source: ``python -m tests.support.catalogues``.

A text is what stands in a call of ``message``, ``plural`` or ``Missing``, in the console also of ``text``, ``counted`` and
``marked`` (``_``, ``_n`` and ``_h`` in its templates). New ones are added without a translation, old ones are taken out;
translations are never touched.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from radar_vocabulary.language.catalogues import catalogue_file
from radar_vocabulary.language.tags import LANGUAGES, Language

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCES: Final = {
    "radar_vocabulary": ROOT / "services/src/radar_vocabulary",
    "radar_health_score": ROOT / "health-score/src/radar_health_score",
    "radar_alerts": ROOT / "alerts/src/radar_alerts",
    "radar": ROOT / "services/src/radar",
}
TRANSLATED: Final = tuple(language for language in LANGUAGES if language != "en")
_KEYWORDS: Final = {"message": None, "Missing": None, "plural": (1, 2)}
_CONSOLE: Final = {**dict.fromkeys(("text", "marked", "_", "_h")), "counted": (1, 2), "_n": (1, 2)}
_METHODS: Final = [("**.py", "python"), ("**.html", "jinja2")]
_HEAD: Final = """\
# What {package} says, in {language}. `make words` brings it in step with the source.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
MessageId = str | tuple[str, str]


def template(package: str) -> Catalog:
    """Return every text of a package, untranslated."""
    found = Catalog(charset="utf-8")
    for text, place in sorted(_texts(package), key=lambda one: (one[1], str(one[0]))):
        found.add(text, locations=[(place, 0)])
    return found


def _texts(package: str) -> Iterator[tuple[MessageId, str]]:
    marks = {**_KEYWORDS, **_CONSOLE} if package == "radar" else _KEYWORDS
    for place, _, text, _, _ in extract_from_dir(SOURCES[package], _METHODS, keywords=marks):
        yield text, Path(place).as_posix()


def read(package: str, language: Language) -> Catalog:
    """Return a catalogue as it is kept; an empty one where there is none yet."""
    file = Path(str(catalogue_file(package, language)))
    locale = language.replace("-", "_")
    if not file.exists():
        return Catalog(locale)
    with file.open("rb") as stored:
        return read_po(stored, locale=locale, ignore_obsolete=True, abort_invalid=True)


def in_step(package: str, language: Language) -> bytes:
    """Return the file of a catalogue with the texts of the source, and the translations that it has for them."""
    kept, wanted = read(package, language), template(package)
    fresh = Catalog(language.replace("-", "_"))
    for one in wanted:
        if one.id:
            known = kept.get(one.id)
            fresh.add(one.id, known.string if known else "", locations=one.locations)
    body = BytesIO()
    write_po(body, fresh, width=118, sort_by_file=True, include_lineno=False, omit_header=True)
    head = _HEAD.format(package=package, language=fresh.locale_identifier, plural=fresh.plural_forms)
    return head.encode() + body.getvalue()


def main() -> int:
    """Write every catalogue and say what has yet to be translated; return 1 where anything has."""
    missing = 0
    for package in SOURCES:
        for language in TRANSLATED:
            file = Path(str(catalogue_file(package, language)))
            content = in_step(package, language)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            for one in read(package, language):
                if one.id and not all([one.string] if isinstance(one.string, str) else one.string):
                    sys.stdout.write(f"{file.relative_to(ROOT)}: {one.id!r} has no translation\n")
                    missing += 1
    return min(missing, 1)


if __name__ == "__main__":
    sys.exit(main())
