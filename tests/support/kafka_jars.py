"""The jars of Apache Kafka, fetched once with Maven into .cache/kafka, and a formatted data folder to copy from."""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
POM = ROOT / "deploy" / "kafka" / "pom.xml"
CACHE = ROOT / ".cache" / "kafka"
CLUSTER_ID = "UmFkYXJUZXN0Q2x1c3Rlcg"


class NoKafka(Exception):  # noqa: N818 - a reason, not a fault
    """Kafka can't be had here; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Kafka:
    """An unpacked Kafka: the Java to run, its class path, and a freshly formatted data folder."""

    java: str
    class_path: str
    formatted: Path


def fetch() -> Kafka:
    """Return Kafka, downloading it on the first call; safe for processes that come at once.

    Raises:
        NoKafka: no Java, or no Maven to fetch the jars with, or the download failed.
    """
    java = shutil.which("java")
    if java is None:
        raise NoKafka("Java 17 isn't installed (set KAFKA_BOOTSTRAP to use a broker of yours)")
    home = CACHE / hashlib.sha256(POM.read_bytes()).hexdigest()[:16]
    with _lock(CACHE / "lock"):
        if not (home / "formatted" / "meta.properties").exists():
            _build(home, java)
    return Kafka(java=java, class_path=f"{home}/jars/*", formatted=home / "formatted")


def _build(home: Path, java: str) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NoKafka("Maven isn't installed to fetch Kafka's jars (or set KAFKA_BOOTSTRAP)")
    draft = home.with_suffix(f".{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    shutil.copy(POM, draft / "pom.xml")
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={draft / 'jars'}"]
    _run([maven, "-B", "-q", "-f", str(draft / "pom.xml"), *goal])
    settings = draft / "format.properties"
    settings.write_text(
        "process.roles=broker,controller\nnode.id=1\ncontroller.quorum.voters=1@127.0.0.1:1\n"
        "listeners=PLAINTEXT://127.0.0.1:2,CONTROLLER://127.0.0.1:1\ncontroller.listener.names=CONTROLLER\n"
        f"log.dirs={draft / 'formatted'}\n"
    )
    tool = [java, "-cp", f"{draft}/jars/*", "kafka.tools.StorageTool", "format", "-t", CLUSTER_ID]
    _run([*tool, "-c", str(settings)])
    shutil.rmtree(home, ignore_errors=True)
    draft.rename(home)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise NoKafka(f"{Path(command[0]).name} failed: {(done.stdout + done.stderr)[-800:]}")


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
