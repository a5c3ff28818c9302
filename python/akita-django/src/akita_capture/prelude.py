"""The time before the daemon has first said which traces are on."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from .backlog import Backlog
from .exchange import Exchange
from .trace import Trace

UNDECIDED = Trace("", "not known yet")
"""Stands for the traces that are on, before they are known."""


class Prelude:
    """Holds a worker's first calls until it is known whether a trace is on.

    A worker that starts in the midst of a trace answers its first requests before the
    daemon has told it. They are held as references, bounded as the queue is, and
    for as long as the first question takes: a second or so, some where the daemon
    cannot be reached.
    """

    def __init__(self, max_len: int, max_bytes: int) -> None:
        self._held: Backlog[Exchange] = Backlog(max_len, max_bytes)
        self._lock = threading.RLock()
        self._decided = False
        self._overflow = 0
        self.traces: tuple[Trace, ...] = ()
        """The traces that were on at the decision."""

    def hold(self, exchange: Exchange) -> bool:
        """Hold a call; ``False`` where the decision has been made."""
        with self._lock:
            if not self._decided and not self._held.put(exchange, exchange.footprint()):
                self._overflow += 1
            return not self._decided

    def decide(self, traces: tuple[Trace, ...]) -> Iterator[Exchange]:
        """Decide, the first time that it is called, and give what was held."""
        with self._lock:
            if not self._decided:
                self._decided = True
                self.traces = traces
                self._overflow *= bool(traces)
        while (exchange := self._held.get(block=False)) is not None:
            yield exchange

    def take_overflow(self) -> int:
        """Give how many calls of a trace there was no room for, once."""
        with self._lock:
            overflow, self._overflow = self._overflow, 0
        return overflow
