"""Reads files of events: NDJSON and CSV (also as .gz), and Parquet."""

import csv
import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import msgspec
from msgspec import Struct

from radar.importer.errors import BadFile
from radar.importer.parquet import read_parquet
from radar.importer.record import Record
from radar.importer.tables import Maker

Advance = Callable[[int], None]
KINDS: Final = {
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".json": "ndjson",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}


class _Head(Struct):
    account_id: str = ""


_head: Final = msgspec.json.Decoder(_Head)


def kind_of(path: Path) -> str:
    """Return ndjson, csv or parquet by the file's name. Raises BadFile."""
    name = path.name.lower().removesuffix(".gz")
    kind = next((kind for ending, kind in KINDS.items() if name.endswith(ending)), None)
    if kind is None:
        raise BadFile(
            f"{path}: the name must end in .ndjson, .jsonl, .csv, .tsv (each also .gz) or .parquet."
        )
    return kind


def read(path: Path, rows: Maker, advance: Advance) -> Iterator[Record]:
    """Yield the records of a file in order; ``advance`` is told how many bytes of it have been read in all.

    Raises:
        BadFile: says the line, and what to do.
    """
    kind = kind_of(path)
    if kind == "parquet":
        yield from read_parquet(path, rows, advance)
        return
    with _opened(path) as (raw, lines):
        text = _decoded(path, lines, lambda: advance(raw.tell()))
        yield from _ndjson(path, text) if kind == "ndjson" else _csv(path, text, rows)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    try:
        with path.open("rb") as raw:
            if path.suffix.lower() != ".gz":
                yield raw, raw
                return
            with gzip.open(raw) as inflated:
                yield raw, inflated  # type: ignore[misc]  # a GzipFile reads bytes
    except OSError as error:
        if isinstance(error, gzip.BadGzipFile):
            raise BadFile(f"{path}: isn't gzip, or is damaged; make or fetch it again.") from error
        raise BadFile(f"{path}: can't be read ({error.strerror or error}).") from error
    except (EOFError, zlib.error) as error:
        raise BadFile(
            f"{path}: the gzip stream is cut off or damaged; fetch it again. What was sent counts once."
        ) from error


def _decoded(path: Path, lines: IO[bytes], advanced: Callable[[], None]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if number % 500 == 0:
            advanced()
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise BadFile(f"{path} line {number}: isn't UTF-8; save the file as UTF-8.") from error
    advanced()


def _ndjson(path: Path, lines: Iterator[str]) -> Iterator[Record]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        raw = line.strip().encode()
        try:
            account = _head.decode(raw).account_id
        except msgspec.ValidationError:
            account = ""  # an object of another shape: the product says what is wrong with it
        except msgspec.DecodeError as error:
            raise BadFile(
                f"{path} line {number}: isn't a JSON object on one line; mend it and run the command again."
            ) from error
        yield Record(account_id=account, line=raw, place=f"{path.name} line {number}")


def _csv(path: Path, lines: Iterator[str], rows: Maker) -> Iterator[Record]:
    header = next(lines, "")
    delimiter = max("\t;,", key=header.count)
    reader = csv.reader(_again(header, lines), delimiter=delimiter, strict=True)
    try:
        names = next(reader, [])
        if len(names) < 2:
            raise BadFile(f"{path}: the first line must name the columns, separated by commas.")
        for number, cells in enumerate(reader, start=1):
            if not cells:
                continue
            place = f"{path.name} line {reader.line_num}"
            if len(cells) != len(names):
                raise BadFile(
                    f"{path} line {reader.line_num}: {len(cells)} cells under {len(names)} names; mend it."
                )
            made = rows.event(dict(zip(names, cells, strict=True)), number)
            if made is not None:
                yield Record(account_id=made[0], line=made[1], place=place)
        for account_id, line in rows.rest():
            yield Record(account_id=account_id, line=line, place=path.name)
    except csv.Error as error:
        raise BadFile(f"{path} line {reader.line_num}: {error}; mend the quotes there.") from error


def _again(first: str, rest: Iterator[str]) -> Iterator[Any]:
    yield first
    yield from rest
