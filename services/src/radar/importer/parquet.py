"""Reads Parquet files, a few thousand rows at a time."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from radar.importer.errors import BadFile
from radar.importer.record import Record
from radar.importer.tables import Maker
from radar_chassis.errors import ConfigurationError

ROWS_AT_A_TIME: Final = 5_000


def read_parquet(path: Path, rows: Maker, advance: Callable[[int], None]) -> Iterator[Record]:
    """Yield the records of a Parquet file. Raises BadFile, and ConfigurationError without the extra."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - the extra is optional
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        raise ConfigurationError("Parquet needs the extra: pip install 'renewal-radar[parquet]'.") from error
    try:
        size = path.stat().st_size
        with parquet.ParquetFile(path) as file:
            total = max(1, file.metadata.num_rows)
            number = 0
            for batch in file.iter_batches(ROWS_AT_A_TIME):
                for row in batch.to_pylist():
                    number += 1
                    made = rows.event(row, number)
                    if made is not None:
                        yield Record(account_id=made[0], line=made[1], place=f"{path.name} row {number}")
                advance(size * number // total)
        for account_id, line in rows.rest():
            yield Record(account_id=account_id, line=line, place=path.name)
    except OSError as error:
        raise BadFile(f"{path}: can't be read ({error.strerror or 'it is damaged'}).") from error
    except pa.ArrowException as error:
        raise BadFile(f"{path}: isn't a Parquet file, or is damaged; write it again.") from error
