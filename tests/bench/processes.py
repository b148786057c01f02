"""What a running process has used."""

import psutil

from tests.support.product import Process


def cpu_seconds(process: Process) -> float:
    """Return the processor time that it has used so far, in user and in kernel mode."""
    times = psutil.Process(process.child.pid).cpu_times()
    return times.user + times.system


def resident_mib(process: Process) -> float:
    """Return the memory that it holds, in MiB."""
    return psutil.Process(process.child.pid).memory_info().rss / 2**20
