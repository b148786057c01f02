"""Translations: ``locale/<language>/LC_MESSAGES/<package>.po`` inside the package whose texts they are.

Catalogues are read as translators keep them, on first use; there is nothing to compile and nothing to fall behind.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from radar_vocabulary.language.tags import Language


def catalogue_file(package: str, language: Language) -> Traversable:
    """Return where the catalogue of ``package`` is, for a language other than English."""
    return files(package) / "locale" / language.replace("-", "_") / "LC_MESSAGES" / f"{package}.po"


@cache
def translations(package: str, language: Language) -> NullTranslations:
    """Return the translations of a package's texts; English is what the texts are written in."""
    if language == "en":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, _read(package, language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _read(package: str, language: Language) -> Catalog:
    with catalogue_file(package, language).open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"))
