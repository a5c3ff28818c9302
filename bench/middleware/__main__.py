"""Measures the cost of AkitaMiddleware and of other products. It asserts nothing.

`make bench-middleware` runs it in the environment of requirements.txt.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import figures
import traffic
from akita import Akita
from options import Mode, Variant, parse, select
from sink import PARTS
from subjects import Block, Subject, environment

WARM_UP = 1
"""The number of first rounds that do not count."""
MIN_ROUNDS = 3


class Bench:
    """The server, the daemon and the sink of a measurement."""

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
        """Return which share of the calls, and of their parts, arrived."""
        name = address.rpartition("/")[2]
        if variant.product == "akita-tracing":
            return share(self._akita.captured(name, sent), sent, traffic.ACCEPTED_BODIES)
        with urllib.request.urlopen(f"{self._sink}/{name}", timeout=60) as response:
            return share(json.load(response), sent, traffic.BODIES)


def share(counts: dict[str, int], sent: int, bodies: float) -> dict[str, str]:
    """Return counts as shares of what was sent; ``bodies`` is the share of requests with a body."""
    there = {"request body": sent * bodies}
    return {part: f"{counts[part] / there.get(part, sent):.0%}" for part in ("calls", *PARTS)}


def progress(text: str) -> None:
    """Print the progress on one line of standard error."""
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


def main() -> None:
    """Measure, print tables, and write them as JSON."""
    args = parse()
    if not args.akita.exists():
        sys.exit(f"bench-middleware: {args.akita} does not exist: run `make bin/akita`, or set --akita")
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
