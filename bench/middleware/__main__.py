"""Measures what AkitaMiddleware costs, side by side with other products. It asserts nothing.

Run by `make bench-middleware`, in the environment of requirements.txt.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import figures
import traffic
from akita import Akita
from sink import PARTS
from subjects import SOURCE, Block, Gunicorn, InProcess, Subject, environment


@dataclass(frozen=True)
class Variant:
    """A row of the table."""

    name: str
    product: str
    """A key of :data:`products.PRODUCTS`."""
    source: Path | None = None
    """Where another edition of our own middleware is."""


@dataclass(frozen=True)
class Mode:
    """A table."""

    name: str
    title: str
    start: Callable[[dict[str, str]], Subject]
    requests: int
    """In a block."""
    seconds: float
    """For how long rounds are begun."""


VARIANTS = [
    Variant(figures.BASE, "none"),
    Variant(figures.BASE + ", again", "none"),
    Variant("akita, no trace", "akita"),
    Variant("akita, tracing", "akita-tracing"),
    Variant("apitally", "apitally"),
    Variant("sentry-sdk", "sentry"),
    Variant("opentelemetry", "opentelemetry"),
    Variant("treblle", "treblle"),
]
MODES = [
    Mode("inprocess", "In process, back to back", InProcess, 200, 200),
    Mode("paced", "In process, 100 requests/s", lambda env: InProcess(env, rate=100), 50, 100),
    Mode("sync", "gunicorn sync, one connection", lambda env: Gunicorn(env, "sync", 1), 100, 100),
    Mode("gthread", "gunicorn gthread, 4 threads", lambda env: Gunicorn(env, "gthread", 4), 100, 100),
]
QUICK_S = 15
"""For how long a mode's rounds are begun with --quick."""
WARM_UP = 1
"""So many rounds do not count."""
MIN_ROUNDS = 3


class Bench:
    """The server, the daemon and the sink; and what was measured with them."""

    def __init__(self, binary: Path, source: Path, stack: ExitStack) -> None:
        self._source = source
        self._akita = Akita(binary)
        stack.callback(self._akita.close)
        sink = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("sink.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        stack.callback(sink.communicate)
        assert sink.stdout is not None
        self._sink = f"http://127.0.0.1:{int(sink.stdout.readline())}"

    def run(
        self, mode: Mode, variants: list[Variant]
    ) -> tuple[dict[str, figures.Figures], dict[str, dict[str, str]]]:
        """Measure the variants in turn, round after round."""
        addresses = {v.name: self._address(mode, v, i) for i, v in enumerate(variants)}
        with ExitStack() as stack:
            subjects: dict[str, Subject] = {}
            for variant in variants:
                progress(f"{mode.title}: starting {variant.name}")
                env = environment(variant.product, addresses[variant.name], variant.source or self._source)
                subjects[variant.name] = mode.start(env)
                stack.callback(subjects[variant.name].close)
            rounds: list[dict[str, Block]] = []
            end = time.monotonic() + mode.seconds
            while len(rounds) < WARM_UP + MIN_ROUNDS or time.monotonic() < end:
                progress(
                    f"{mode.title}: round {len(rounds) + 1}, {max(end - time.monotonic(), 0):.0f} s left"
                )
                order = list(subjects)
                random.Random(len(rounds)).shuffle(order)
                rounds.append({name: subjects[name].block(mode.requests) for name in order})
        sent = len(rounds) * mode.requests
        captured = {
            v.name: self._captured(v, addresses[v.name], sent)
            for v in variants
            if v.product not in ("none", "akita")
        }
        return figures.compute(rounds[WARM_UP:], [v.name for v in variants]), captured

    def _address(self, mode: Mode, variant: Variant, number: int) -> str:
        name = f"{mode.name}-{number}"
        if variant.product.startswith("akita"):
            return self._akita.project(name, trace=variant.product == "akita-tracing")
        return f"{self._sink}/{name}"

    def _captured(self, variant: Variant, address: str, sent: int) -> dict[str, str]:
        """Say what share of the calls, and of their parts, arrived."""
        name = address.rpartition("/")[2]
        if variant.product == "akita-tracing":
            return share(self._akita.captured(name, sent), sent, traffic.ACCEPTED_BODIES)
        with urllib.request.urlopen(f"{self._sink}/{name}", timeout=60) as response:
            return share(json.load(response), sent, traffic.BODIES)


def share(counts: dict[str, int], sent: int, bodies: float) -> dict[str, str]:
    """Write counts as shares of what there was to capture; of the requests, a share had ``bodies``."""
    there = {"request body": sent * bodies}
    return {part: f"{counts[part] / there.get(part, sent):.0%}" for part in ("calls", *PARTS)}


def progress(text: str) -> None:
    """Say what is going on, on one line of standard error."""
    end = "" if sys.stderr.isatty() else "\n"
    print(
        f"\r\x1b[K-----> {text}" if sys.stderr.isatty() else f"-----> {text}",
        end=end,
        file=sys.stderr,
        flush=True,
    )


def print_table(title: str, rows: list[list[str]]) -> None:
    """Print a table with aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    print(f"\n{title}")
    for row in rows:
        print(
            "  ".join(
                [
                    row[0].ljust(widths[0]),
                    *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
                ]
            )
        )


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench-middleware", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="take a minute or two, and more noise")
    parser.add_argument("--akita", type=Path, default=Path("bin/akita"), help="the binary to measure with")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument(
        "--mode", action="append", choices=[m.name for m in MODES], help="only this one; may be repeated"
    )
    parser.add_argument(
        "--only", action="append", help="only products with this in their name, and the base; may be repeated"
    )
    parser.add_argument("--source", type=Path, default=SOURCE, help="the source folder of akita-django")
    parser.add_argument(
        "--also",
        action="append",
        type=Path,
        default=[],
        help="another such folder to measure beside it; may be repeated",
    )
    return parser.parse_args()


def select(args: argparse.Namespace) -> tuple[list[Mode], list[Variant]]:
    """Choose what to measure."""
    modes = [mode for mode in MODES if not args.mode or mode.name in args.mode]
    if args.quick:
        modes = [replace(mode, seconds=QUICK_S) for mode in modes]
    variants = [
        v
        for v in VARIANTS
        if v.product == "none" or not args.only or any(text in v.name for text in args.only)
    ]
    for source in args.also:
        variants.append(Variant(f"akita, no trace ({source})", "akita", source.absolute()))
        variants.append(Variant(f"akita, tracing ({source})", "akita-tracing", source.absolute()))
    return modes, variants


def main() -> None:
    """Measure, print tables, and write them as JSON."""
    args = arguments()
    if not args.akita.exists():
        sys.exit(
            f"bench-middleware: {args.akita} is not there; `make bin/akita` builds it, --akita names another"
        )
    modes, variants = select(args)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("bench-middleware: terminated"))
    began, report = time.monotonic(), {}
    with ExitStack() as stack:
        bench = Bench(args.akita, args.source.absolute(), stack)
        for mode in modes:
            result, captured = bench.run(mode, variants)
            rounds = len(result[figures.BASE].p50.rounds)
            report[mode.name] = {"figures": figures.as_json(result), "captured": captured}
            print_table(
                f"{mode.title} ({rounds} rounds of {mode.requests} requests)",
                figures.rows(result, captured),
            )
    progress(f"Took {time.monotonic() - began:.0f} s\n")
    if args.json:
        args.json.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
