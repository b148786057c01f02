"""``python -m tests.bench``: measure, print the figures, and write them where wanted."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from tests.bench import accounts, crm5, fold, forecast, ingest, latency, memory, rescore, scans, sweep
from tests.bench.machine import facts, load
from tests.bench.report import into_markdown, report
from tests.bench.result import Result, table

BENCHMARKS: dict[str, Callable[..., Result]] = {
    ingest.NAME: ingest.measure,
    fold.NAME: fold.measure,
    latency.NAME: latency.measure,
    latency.EMBEDDED: latency.measure_embedded,
    accounts.NAME: accounts.measure,
    memory.NAME: memory.measure,
    scans.NAME: scans.measure,
    forecast.NAME: forecast.measure,
    rescore.NAME: rescore.measure,
    sweep.NAME: sweep.measure,
    crm5.NAME: crm5.measure,
    sweep.CURVE: sweep.measure_curve,
    sweep.LARGE: sweep.measure_large,
}
# Too long to be taken along: only when named.
APART = frozenset({sweep.CURVE, sweep.LARGE, crm5.NAME})


def main() -> None:
    """Run what was asked for."""
    wanted = _arguments()
    results: list[Result] = []
    for name in wanted.only or [name for name in BENCHMARKS if name not in APART]:
        _say(f"… {name}")
        before, began = load(), time.monotonic()
        result = BENCHMARKS[name](quick=wanted.quick)
        result = msgspec.structs.replace(
            result, seconds=time.monotonic() - began, load_average=(before, load())
        )
        results.append(result)
        _say(table([result]))
    machine = facts()
    if wanted.json:
        body = {"machine": machine, "quick": wanted.quick, "results": results}
        wanted.json.write_bytes(msgspec.json.format(msgspec.json.encode(body)))
    if wanted.markdown:
        into_markdown(wanted.markdown, report(machine, results))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure the product.")
    parser.add_argument(
        "--only", action="append", choices=BENCHMARKS, help="this one; may be given several times"
    )
    parser.add_argument("--quick", action="store_true", help="little and once: does it run?")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--markdown", type=Path, help="put the figures between the markers in this file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
