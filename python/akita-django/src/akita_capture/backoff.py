"""Delays between retries."""

from __future__ import annotations

import random


class Backoff:
    """Doubling delays with jitter, in seconds."""

    def __init__(self, first: float, longest: float) -> None:
        self._first = first
        self._longest = longest
        self._next = first

    def next(self, at_least: float = 0.0) -> float:
        """Return the next delay, but ``at_least`` what the other side asked for."""
        delay = self._next * random.uniform(0.5, 1.0)
        self._next = min(self._next * 2, self._longest)
        return max(delay, at_least)

    def reset(self) -> None:
        """Start again with the first delay, after a success."""
        self._next = self._first
