"""Progress bars on stderr, so that stdout stays the answer."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)


@contextmanager
def reading(total: int) -> Iterator[Callable[[int], None]]:
    """Show how far files of ``total`` bytes have been read; yields what is to be told the bytes so far."""
    columns = (TextColumn("sending"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("sending", total=total)
        yield lambda done: progress.update(task, completed=done)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show how many of how many are done; yields what is to be told both."""
    with stages({what: what}) as told:
        yield lambda done, total: told(what, done, total)


@contextmanager
def stages(words: Mapping[str, str]) -> Iterator[Callable[[str, int, int], None]]:
    """Show how far each stage is, a bar each from when it begins; yields what is to be told stage, done and total.

    ``words``: what each stage is called.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, TaskID] = {}

        def told(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(words[stage], total=total)
            progress.update(tasks[stage], completed=done, total=total)

        yield told
