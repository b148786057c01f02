"""The import itself: files in, lanes, receipts out."""

from collections.abc import Callable, Sequence
from pathlib import Path

from radar.importer.errors import BadFile
from radar.importer.files import kind_of, read
from radar.importer.lanes import Batch, Lanes
from radar.importer.receipts import Summary
from radar.importer.tables import Tables
from radar.importer.transport import EventsApi
from radar_chassis.errors import RadarError


def check_files(files: Sequence[Path]) -> int:
    """Return the size of all files in bytes. Raises BadFile before anything is sent."""
    total = 0
    for path in files:
        kind_of(path)
        if not path.is_file():
            raise BadFile(f"{path}: no such file.")
        total += path.stat().st_size
    return total


def load(
    files: Sequence[Path],
    api: EventsApi,
    tables: Tables,
    summary: Summary,
    *,
    lanes: int = 4,
    progress: Callable[[int], None] = lambda _bytes: None,
) -> None:
    """Send every record of ``files`` and add the receipts to ``summary``.

    ``progress`` is told how many bytes of all files have been read. Raises BadFile and Stopped; what was sent by
    then is in the summary.
    """

    def send(batch: Batch) -> None:
        summary.add(batch, api.send([record.line for record in batch]))

    road = Lanes(send, count=lanes)
    done = 0
    try:
        for path in files:
            before = done
            for record in read(path, tables.maker(path), lambda read_bytes: progress(before + read_bytes)):  # noqa: B023
                road.put(record)
            done += path.stat().st_size
            progress(done)
    except KeyboardInterrupt:
        road.abandon()  # and don't wait for requests that may be tried again for minutes
        raise
    except RadarError:
        road.finish()
        raise
    road.finish()
