"""Holds calls until the daemon has first said which traces are on."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from .backlog import Backlog
from .exchange import Exchange
from .trace import Trace

UNDECIDED = Trace("", "not known yet")
"""Stands for the active traces before they are known."""


class Prelude:
    """Holds a worker's first calls until it is known whether a trace is on.

    A worker that starts during a trace answers its first requests before the daemon has
    answered its first poll. These calls are held as references, within the queue's
    bounds, until that poll is answered, is held for a second, or fails.
    """

    def __init__(self, max_len: int, max_bytes: int) -> None:
        self._held: Backlog[Exchange] = Backlog(max_len, max_bytes)
        self._lock = threading.RLock()
        self._decided = False
        self._overflow = 0
        self.traces: tuple[Trace, ...] = ()
        """The traces that were on when it became known."""

    def hold(self, exchange: Exchange) -> bool:
        """Hold a call; return ``False`` if the traces are known."""
        with self._lock:
            if not self._decided and not self._held.put(exchange, exchange.footprint()):
                self._overflow += 1
            return not self._decided

    def decide(self, traces: tuple[Trace, ...]) -> Iterator[Exchange]:
        """Set the traces, the first time; yield the calls that were held."""
        with self._lock:
            if not self._decided:
                self._decided = True
                self.traces = traces
                self._overflow *= bool(traces)
        while (exchange := self._held.get(block=False)) is not None:
            yield exchange

    def take_overflow(self) -> int:
        """Return how many calls of a trace did not fit, and reset the count."""
        with self._lock:
            overflow, self._overflow = self._overflow, 0
        return overflow
