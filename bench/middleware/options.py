"""What to measure: products, modes, and the command line that selects them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import figures
from subjects import SOURCE, Gunicorn, InProcess, Subject


@dataclass(frozen=True)
class Variant:
    """A row of the table."""

    name: str
    product: str
    """A key of :data:`products.PRODUCTS`."""
    source: Path | None = None
    """The source folder of another version of our middleware."""


@dataclass(frozen=True)
class Mode:
    """A table."""

    name: str
    title: str
    start: Callable[[dict[str, str]], Subject]
    requests: int
    """In a block."""
    seconds: float
    """For how long new rounds are started."""


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
"""For how long new rounds of a mode are started with --quick."""


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="bench-middleware", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one or two minutes, with more noise")
    parser.add_argument("--akita", type=Path, default=Path("bin/akita"), help="the binary to measure with")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument(
        "--mode",
        action="append",
        choices=[m.name for m in MODES],
        help="measure only this mode; may be repeated",
    )
    parser.add_argument(
        "--only",
        action="append",
        help="measure only products with this in their name, and the base; may be repeated",
    )
    parser.add_argument("--source", type=Path, default=SOURCE, help="the source folder of akita-django")
    parser.add_argument(
        "--also",
        action="append",
        type=Path,
        default=[],
        help="another such folder to compare with; may be repeated",
    )
    args = parser.parse_args(arguments)
    names = [variant.name for variant in VARIANTS if variant.product != "none"]
    for text in args.only or ():
        if not any(text in name for name in names):
            parser.error(f"--only {text}: no product has this in its name; there are {', '.join(names)}")
    return args


def select(args: argparse.Namespace) -> tuple[list[Mode], list[Variant]]:
    """Return the modes and products to measure."""
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
