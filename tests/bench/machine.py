"""The machine that the figures are of: what matters to a reader, and nothing that names it."""

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

import psutil

_LIBRARIES = ("kafka-python", "psycopg", "msgspec", "fastapi", "uvicorn", "uvloop", "sqlalchemy")


def facts() -> dict[str, str]:
    """Return name -> value."""
    memory = psutil.virtual_memory().total / 2**30
    libraries = ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)
    return {
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "processor": _processor(),
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "Python": sys.version.split()[0],
        "libraries": libraries,
        "broker and database": "Apache Kafka (one node, KRaft) and PostgreSQL 18, default durability, same machine",
    }


def load() -> float:
    """Return the load average of the last minute."""
    return os.getloadavg()[0]


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123
            names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    except OSError:
        names = []
    return names[0] if names else platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
