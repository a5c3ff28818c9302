"""The recorder, which integrations hand their calls to."""

from __future__ import annotations

import os
import random
import threading
import uuid
from collections.abc import MutableMapping
from typing import Any

from . import forks, stats, under_uwsgi
from .app_routes import ReadRoutes
from .backlog import Backlog
from .config import Config
from .consumer import Consumers
from .document_report import DocumentReport, Documents
from .exchange import Exchange
from .fault import Faults
from .log import logger, make_visible
from .poller import Poller
from .prelude import UNDECIDED, Prelude
from .route_report import RouteReport
from .sender import Item, Sender
from .stats import Stats
from .thread import DaemonThread
from .trace import Trace

FLUSH_S = 2.0
"""How long queued calls may delay the end of the process."""
_CLAIM = "akita_capture.recorder"
PAUSE_S = 0.5
"""How long our threads may delay a fork."""


class Recorder:
    """Takes calls and sends them to the daemon while a trace is on.

    It has two threads: one waits for traces and starts with :meth:`start`, the other
    sends and starts with the first call. Both are stopped around a fork and start
    afresh in the child, so that a server that preloads the application and forks
    (``gunicorn --preload``) loses no call.
    """

    traces: tuple[Trace, ...] = ()
    """The traces that are on. While it is empty, nothing is recorded.

    It is ``UNDECIDED`` until the daemon has first answered.
    """

    def __init__(
        self,
        config: Config,
        read_routes: ReadRoutes | None = None,
        documents: Documents | None = None,
    ) -> None:
        """``read_routes`` lists the routes of the application, on our own thread.

        ``documents`` generates its OpenAPI document there.
        """
        self.config = config
        self._read_routes = read_routes
        self._documents = documents
        self._excluded = config.excluded
        self.consumers = Consumers(config.consumer)
        self._lock = threading.RLock()
        self._started = False
        self._stats = Stats()
        self._faults = Faults(self._stats)
        self._prepare()

    def _prepare(self) -> None:
        """Create the state that belongs to one process."""
        self._pid = os.getpid()
        self._paused: set[DaemonThread] = set()
        client_id = str(uuid.uuid4())
        self._backlog: Backlog[Item] = Backlog(
            self.config.max_queue_len, self.config.max_queue_bytes
        )
        self._prelude = Prelude(self.config.max_queue_len, self.config.max_queue_bytes)
        self._poller = Poller(
            self.config,
            client_id,
            self._known,
            self._change,
            self._settle,
            (
                RouteReport(self.config, self._read_routes),
                DocumentReport(self.config, self._documents),
            ),
            self._faults,
        )
        self._sender = Sender(
            self.config, client_id, self._backlog, self._stats, self._faults, self.consumers
        )

    @property
    def max_body_bytes(self) -> int:
        """How much of each body to keep."""
        return self.config.max_body_bytes

    def start(self) -> None:
        """Register with the daemon and wait for traces. Does nothing if it runs."""
        with self._lock:
            if self._started:
                return
            self._started = True
        make_visible()
        forks.watch(self)
        self.traces = (UNDECIDED,)
        if not under_uwsgi.is_to_fork():
            self._poller.start()

    def claim(self, carrier: MutableMapping[str, Any]) -> bool:
        """Claim a call; return ``False`` if this recorder has seen it before.

        ``carrier`` is what travels with the request: ``environ`` or ``scope``. A call is
        seen twice if a middleware dispatches it again, or if it is wrapped twice.
        """
        if carrier.get(_CLAIM) == id(self):
            return False
        carrier[_CLAIM] = id(self)
        return True

    def admit(self, path: str) -> tuple[Trace, ...]:
        """Return the traces that a call of ``path`` that begins now belongs to.

        There are none if the path is excluded or the call is not in the sample.
        """
        if self._excluded is not None and self._excluded(path):
            self._stats.add(stats.EXCLUDED)
            return ()
        return self._sampled(self.traces)

    def _sampled(self, traces: tuple[Trace, ...]) -> tuple[Trace, ...]:
        share = self.config.sample_rate
        if share >= 1 and all(trace.sampling_rate >= 1 for trace in traces):
            return traces
        if UNDECIDED in traces:
            return traces  # the sample is drawn when they are known
        drawn = random.random()
        chosen = tuple(trace for trace in traces if drawn < trace.sampling_rate * share)
        self._stats.add(stats.SAMPLED_OUT, len(traces) - len(chosen))
        return chosen

    def record(self, exchange: Exchange) -> None:
        """Queue a call, without blocking. The caller must not use the exchange any more."""
        if self._pid != os.getpid():  # forked by C code that does not run Python's hooks
            self.restart()
        if UNDECIDED in exchange.traces:
            if self._started:  # it may not run yet after such a fork
                self._poller.start()
            if not self._prelude.hold(exchange):
                self._admit_late(exchange)
        else:
            self._queue(exchange)

    def _admit_late(self, exchange: Exchange) -> None:
        """Queue a call that began before the traces were known."""
        exchange.traces = self._sampled(self._prelude.traces)
        if exchange.traces:
            self._queue(exchange)

    def _queue(self, exchange: Exchange) -> None:
        if exchange.traces is not self.traces:
            exchange.traces = tuple(trace for trace in exchange.traces if trace in self.traces)
        if not exchange.traces:
            self._stats.add(stats.DROPPED_TRACE_ENDED)
        elif self._backlog.put(exchange, exchange.footprint()):
            self._stats.add(stats.CAPTURED)
            self._sender.start()
        else:
            self._stats.add(stats.DROPPED_QUEUE_FULL)

    def fault(self, error: Exception) -> None:
        """Take an error of an integration."""
        self._faults.report(error)

    def stats(self) -> dict[str, int]:
        """Return the counters; their names are in :mod:`akita_capture.stats`."""
        return self._stats.snapshot()

    def stop(self) -> None:
        """Flush for up to two seconds and stop for good. Does nothing if it does not run."""
        with self._lock:
            if not self._started:
                return
            self._started = False
        forks.unwatch(self)
        self._poller.stop(PAUSE_S)
        self._sender.flush_and_stop(FLUSH_S)
        self.traces = ()

    def pause(self) -> None:
        """Stop the threads before a fork; the queue is kept."""
        for thread in (self._poller, self._sender):
            if thread.running:
                self._paused.add(thread)
                thread.stop(PAUSE_S)

    def resume(self) -> None:
        """Start the threads that :meth:`pause` stopped."""
        while self._paused:
            self._paused.pop().start()

    def restart(self) -> None:
        """Start afresh in a forked child: queue and locks belong to the parent."""
        if self._pid == os.getpid():
            self._poller.start()
            return
        self._lock = threading.RLock()
        self._stats = Stats()
        self._faults = Faults(self._stats)
        self._prepare()
        if not self.traces:  # the parent may have been about to learn of a trace
            self.traces = (UNDECIDED,)
        if not under_uwsgi.is_to_fork():
            self._poller.start()

    def _known(self) -> tuple[Trace, ...]:
        return tuple(trace for trace in self.traces if trace is not UNDECIDED)

    def _settle(self) -> None:
        """Take no trace to be on, if that is not known yet."""
        if self.traces == (UNDECIDED,):
            self._switch(())

    def _switch(self, traces: tuple[Trace, ...]) -> None:
        """Set the active traces; the first time, admit the calls that were held."""
        self.traces = traces
        for exchange in self._prelude.decide(traces):
            self._admit_late(exchange)
        self._stats.add(stats.DROPPED_QUEUE_FULL, self._prelude.take_overflow())

    def _change(self, started: list[Trace], ended: set[str]) -> bool:
        """Apply the daemon's answer; report whether it changed anything."""
        known = self._known()
        ids = {trace.id for trace in known}
        new = [trace for trace in started if trace.id not in ids]
        gone = [trace for trace in known if trace.id in ended]
        if not new and not gone:
            self._settle()
            return False
        self._switch(tuple(trace for trace in (*known, *new) if trace not in gone))
        for trace in new:  # logged last: whoever reads this line may rely on capture
            logger.info("Activating trace %s", trace)
        for trace in gone:
            logger.info("Deactivating trace %s", trace)
            self._backlog.put_always(trace)
            self._sender.start()
        return True
