"""The recorder: what an integration talks to."""

from __future__ import annotations

import os
import random
import threading
import uuid

from . import forks, stats, under_uwsgi
from .backlog import Backlog
from .config import Config
from .exchange import Exchange
from .fault import Faults
from .log import logger, make_visible
from .poller import Poller
from .prelude import UNDECIDED, Prelude
from .sender import Item, Sender
from .stats import Stats
from .thread import DaemonThread
from .trace import Trace

FLUSH_S = 2.0
"""How long the end of the process may be delayed by what is still queued."""
PAUSE_S = 0.5
"""How long a fork may be delayed by our threads."""


class Recorder:
    """Takes calls, and hands them to the daemon while a trace is on.

    It has two threads: one waits for traces and starts with :meth:`start`, the
    other sends and starts with the first call. Both are stopped around a fork and
    run anew in the child, so that a server that preloads the application and forks
    (``gunicorn --preload``) loses none.
    """

    traces: tuple[Trace, ...] = ()
    """The traces that are on. While it is empty there is nothing to record.

    Until the daemon has first said which are, ``UNDECIDED`` stands for them.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self._excluded = config.excluded
        self._lock = threading.RLock()
        self._started = False
        self._stats = Stats()
        self._faults = Faults(self._stats)
        self._prepare()

    def _prepare(self) -> None:
        """Make what belongs to one process."""
        self._pid = os.getpid()
        self._paused: set[DaemonThread] = set()
        client_id = str(uuid.uuid4())
        self._backlog: Backlog[Item] = Backlog(
            self.config.max_queue_len, self.config.max_queue_bytes
        )
        self._prelude = Prelude(self.config.max_queue_len, self.config.max_queue_bytes)
        self._poller = Poller(
            self.config, client_id, self._known, self._change, self._settle, self._faults
        )
        self._sender = Sender(self.config, client_id, self._backlog, self._stats, self._faults)

    @property
    def max_body_bytes(self) -> int:
        """How much of each body is worth keeping."""
        return self.config.max_body_bytes

    def start(self) -> None:
        """Register with the daemon, and wait for traces. Harmless where it runs."""
        with self._lock:
            if self._started:
                return
            self._started = True
        make_visible()
        forks.watch(self)
        self.traces = (UNDECIDED,)
        if not under_uwsgi.is_to_fork():
            self._poller.start()

    def admit(self, path: str) -> tuple[Trace, ...]:
        """Choose the traces that a call of ``path`` that begins now is part of.

        There are none where the path is excluded, or where the call is not in the sample.
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
            return traces  # decided, for every trace at once, when they are known
        drawn = random.random()
        chosen = tuple(trace for trace in traces if drawn < trace.sampling_rate * share)
        self._stats.add(stats.SAMPLED_OUT, len(traces) - len(chosen))
        return chosen

    def record(self, exchange: Exchange) -> None:
        """Queue a call; never blocks. The exchange belongs to the recorder from here on."""
        if self._pid != os.getpid():  # looked at here too, as a call would cost more
            self.restart()  # A fork that did not tell Python, as some servers written in C do.
        if UNDECIDED in exchange.traces:
            if self._started:  # It may not run yet, where a fork was not told of.
                self._poller.start()
            if not self._prelude.hold(exchange):
                self._admit_late(exchange)
        else:
            self._queue(exchange)

    def _admit_late(self, exchange: Exchange) -> None:
        """Queue a call that began before the traces were known, as they are now."""
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
        """Copy the counters; their names are in :mod:`akita_capture.stats`."""
        return self._stats.snapshot()

    def stop(self) -> None:
        """Flush, for two seconds at most, and stop for good. Harmless where it does not run."""
        with self._lock:
            if not self._started:
                return
            self._started = False
        forks.unwatch(self)
        self._poller.stop(PAUSE_S)
        self._sender.flush_and_stop(FLUSH_S)
        self.traces = ()

    def pause(self) -> None:
        """Stop the threads, before a fork; what is queued stays."""
        for thread in (self._poller, self._sender):
            if thread.running:
                self._paused.add(thread)
                thread.stop(PAUSE_S)

    def resume(self) -> None:
        """Go on after :meth:`pause`."""
        while self._paused:
            self._paused.pop().start()

    def restart(self) -> None:
        """Begin anew in a forked child: what is queued is the parent's, and so are the locks."""
        if self._pid == os.getpid():
            self._poller.start()
            return
        self._lock = threading.RLock()
        self._stats = Stats()
        self._faults = Faults(self._stats)
        self._prepare()
        if not self.traces:  # The parent's poll may have been under way.
            self.traces = (UNDECIDED,)
        if not under_uwsgi.is_to_fork():
            self._poller.start()

    def _known(self) -> tuple[Trace, ...]:
        return tuple(trace for trace in self.traces if trace is not UNDECIDED)

    def _settle(self) -> None:
        """Go by what is known, where nothing was yet: no trace is on."""
        if self.traces == (UNDECIDED,):
            self._switch(())

    def _switch(self, traces: tuple[Trace, ...]) -> None:
        """Let these traces be on; the first time, for what was held back as well."""
        self.traces = traces
        for exchange in self._prelude.decide(traces):
            self._admit_late(exchange)
        self._stats.add(stats.DROPPED_QUEUE_FULL, self._prelude.take_overflow())

    def _change(self, started: list[Trace], ended: set[str]) -> bool:
        """Apply what the daemon told; say whether it was news."""
        known = self._known()
        ids = {trace.id for trace in known}
        new = [trace for trace in started if trace.id not in ids]
        gone = [trace for trace in known if trace.id in ended]
        if not new and not gone:
            self._settle()
            return False
        self._switch(tuple(trace for trace in (*known, *new) if trace not in gone))
        for trace in new:  # Only now: who reads this line may count on it.
            logger.info("Activating trace %s", trace)
        for trace in gone:
            logger.info("Deactivating trace %s", trace)
            self._backlog.put_always(trace)
            self._sender.start()
        return True
