"""Computes figures from blocks.

Other work on the machine only slows a block down, so the figure of a product is the lower decile over the
rounds. Each round has a block of every product, so that all have the same conditions. The base runs twice;
the difference between the two is the remaining noise.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from subjects import Block

BASE = "no middleware"


@dataclass(frozen=True)
class Figure:
    """A measure of one product in one mode, in microseconds for each request."""

    value: float
    """The lower decile over the rounds."""
    added: float
    """The difference to the base."""
    share: float
    """The same as a share of the base."""
    spread: float
    """The distance from the lower decile to the median over the rounds."""
    rounds: list[float]
    """The measure in each round."""


@dataclass(frozen=True)
class Figures:
    """The measures of one product in one mode."""

    p50: Figure
    p99: Figure
    cpu: Figure
    """CPU time of the whole process."""
    rss: int
    """Resident bytes at the end."""


def compute(rounds: list[dict[str, Block]], names: list[str]) -> dict[str, Figures]:
    """Compute the figures of each product; each round has a block of each."""
    return {
        name: Figures(
            *(_figure(rounds, name, measure) for measure in (_p50, _p99, _cpu)), rss=rounds[-1][name].rss
        )
        for name in names
    }


def _figure(rounds: list[dict[str, Block]], name: str, measure: Callable[[Block], float]) -> Figure:
    own = [measure(blocks[name]) for blocks in rounds]
    base = [measure(blocks[BASE]) for blocks in rounds]
    low, base_low = _lower_decile(own), _lower_decile(base)
    return Figure(low, low - base_low, low / base_low - 1, statistics.median(own) - low, own)


def _lower_decile(values: list[float]) -> float:
    return statistics.quantiles(values, n=10, method="inclusive")[0]


def _p50(block: Block) -> float:
    return statistics.median(block.ns) / 1000


def _p99(block: Block) -> float:
    return statistics.quantiles(block.ns, n=100)[98] / 1000


def _cpu(block: Block) -> float:
    return block.cpu_ns / len(block.ns) / 1000


def rows(figures: dict[str, Figures], captured: dict[str, dict[str, str]]) -> list[list[str]]:
    """Return a table; the first row is its header."""
    parts = list(next(iter(captured.values()), {}))
    table = [["", "p50 µs", "p99 µs", "CPU µs", "+p50", "+p99", "+CPU", "RSS MB", *parts]]
    for name, f in figures.items():
        measures = (f.p50, f.p99, f.cpu)
        absolute = [f"{m.value:.1f} ±{m.spread:.1f}" for m in measures]
        added = ["" if name == BASE else f"{m.added:+.1f} {m.share:+5.0%}" for m in measures]
        shares = captured.get(name, dict.fromkeys(parts, ""))
        table.append([name, *absolute, *added, f"{f.rss / 1e6:.0f}", *shares.values()])
    return table


def as_json(figures: dict[str, Figures]) -> dict[str, Any]:
    """Return the figures as JSON values."""
    return {name: asdict(f) for name, f in figures.items()}
