"""What a running process has used."""

from pathlib import Path

import psutil

from tests.support.product import Process


def cpu_seconds(process: Process) -> float:
    """Return the processor time that it has used so far, in user and in kernel mode."""
    times = psutil.Process(process.child.pid).cpu_times()
    return times.user + times.system


def resident_mib(process: Process) -> float:
    """Return the memory that it holds, in MiB."""
    return psutil.Process(process.child.pid).memory_info().rss / 2**20


def highest_mib(process: Process) -> float:
    """Return the most memory that it has ever held, in MiB."""
    status = Path(f"/proc/{process.child.pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
