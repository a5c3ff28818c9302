"""Converts captured calls and sends them to the daemon."""

from __future__ import annotations

import time
from collections import deque
from typing import Any, Union

from . import har, stats
from .backlog import Backlog
from .backoff import Backoff
from .batch import Batch
from .config import Config
from .consumer import Consumers
from .daemon import DaemonClient, DaemonError
from .exchange import Exchange
from .fault import Faults
from .log import DropReport, Outage
from .stats import Stats
from .thread import DaemonThread
from .trace import Trace

LINGER_S = 0.05
"""How long the first call after a pause waits for others to share its batch."""
EVERY_S = 0.25
"""How often batches are sent under steady traffic; one costs as much as ten calls."""
YIELD_AFTER = 8
"""After how many calls to yield to the application's threads: 0.1 to 0.3 ms of work."""
YIELD_S = 0.00001
"""Long enough to hand over the interpreter lock; after zero we would get it back."""
REPLY_TIMEOUT_S = 10.0
RETRY_FOR_S = 60.0
"""How long a batch is retried before it is dropped."""


class Wake:
    """An item that only wakes the sender."""


Item = Union[Exchange, Trace, Wake]
"""What is queued: a call, a trace that has ended, or a wake-up."""


class Sender(DaemonThread):
    """Takes calls from the backlog, batches them by trace, and delivers them."""

    name = "akita-sender"

    def __init__(
        self,
        config: Config,
        client_id: str,
        backlog: Backlog[Item],
        counts: Stats,
        faults: Faults,
        consumers: Consumers,
    ) -> None:
        super().__init__(DaemonClient(config), faults)
        self._config = config
        self._consumers = consumers
        self._client_id = client_id
        self._backlog = backlog
        self._stats = counts
        self._drops = DropReport(counts)
        self._outage = Outage(f"The Akita daemon at {config.address} accepts calls again")
        self._open: dict[tuple[Trace, ...], Batch] = {}
        self._ready: deque[Batch] = deque()
        self._flush_by: float | None = None
        self._delivered = 0.0
        self._taken = 0

    def wake(self) -> None:
        """Make :meth:`run` look at ``self._stopping`` at once."""
        self._backlog.put_always(Wake())
        if self._flush_by is None:
            super().wake()

    def flush_and_stop(self, timeout: float) -> None:
        """Deliver what is queued for up to ``timeout`` seconds, and stop."""
        self._flush_by = time.monotonic() + timeout
        self.stop(timeout)

    def run(self) -> None:
        """Deliver until stopped."""
        while not self._stopping.is_set():
            self._deliver_ready()
            self._drops.log()
            item = self._backlog.get(block=True)
            self._backlog.linger(max(LINGER_S, self._delivered + EVERY_S - time.monotonic()))
            self._take(item)
            self._drain()
            self._seal()
        if self._flush_by is not None:
            self._drain()
            self._seal()
            self._deliver_ready()
            self._drops.log()

    def _drain(self) -> None:
        """Take what is queued until a batch is full."""
        while not self._ready or self._flush_by is not None:
            item = self._backlog.get(block=False)
            if item is None:
                return
            self._take(item)
            self._yield()

    def _yield(self) -> None:
        """Let the application's threads run: else one may wait 5 ms for the interpreter."""
        self._taken += 1
        if self._taken % YIELD_AFTER == 0 and not self._backlog.crowded():
            time.sleep(YIELD_S)

    def _seal(self) -> None:
        """Make the open batches ready to send, even if they are not full."""
        self._ready.extend(self._open.values())
        self._open.clear()

    def _take(self, item: Item | None) -> None:
        if isinstance(item, Trace):
            self._close(item)
        elif isinstance(item, Exchange):
            self._add(item)

    def _add(self, exchange: Exchange) -> None:
        try:
            data = har.entry(exchange, self._config.max_body_bytes, self._consumers)
            if data is None:
                self._stats.add(stats.EXEMPT)
                return
        except Exception as error:  # noqa: BLE001 - one bad call must not cost the others
            self._faults.report(error)
            return
        batch = self._batch(exchange.traces)
        batch.add(data)
        if batch.full:
            self._ready.append(self._open.pop(exchange.traces))

    def _close(self, trace: Trace) -> None:
        """Make all that is open of a trace ready to send, and mark the last batch."""
        batch = self._batch((trace,))
        batch.last = True
        for traces in [traces for traces in self._open if trace in traces and len(traces) > 1]:
            self._ready.append(self._open.pop(traces))
        self._ready.append(self._open.pop((trace,)))

    def _batch(self, traces: tuple[Trace, ...]) -> Batch:
        batch = self._open.get(traces)
        if batch is None:
            batch = self._open[traces] = Batch(traces)
        return batch

    def _deliver_ready(self) -> None:
        while self._ready and not self._given_up():
            if not self._deliver(self._ready[0]):
                return
            self._ready.popleft()

    def _deliver(self, batch: Batch) -> bool:
        """Deliver or drop a batch; return ``False`` if it shall be kept.

        A daemon answers for which traces it has taken the entries. One that is older takes
        them for the trace that they are posted to, so they are posted for each.
        """
        backoff = Backoff(0.1, 2.0)
        while batch.traces and not self._given_up():
            path = ("traces", batch.traces[0].name, "events")
            body = batch.body(self._config.client_name, self._client_id)
            try:
                _, reply = self._client.post(path, body, self._timeout())
            except DaemonError as error:
                if error.permanent:
                    self._drop(batch, stats.DROPPED_REFUSED, error)
                    batch.settle(())
                elif batch.age() > RETRY_FOR_S:
                    self._drop(batch, stats.DROPPED_UNDELIVERED, error)
                    batch.settle(())
                else:
                    self._drops.log()
                    self._pause(backoff.next(error.retry_after))
                continue
            self._outage.end()
            self._delivered = time.monotonic()
            left = len(batch.traces)
            batch.settle(_taken(reply))
            self._count(batch, reply, left - len(batch.traces))
        return not batch.traces

    def _count(self, batch: Batch, reply: Any, traces: int) -> None:
        details = reply.get("trace_event_details") if isinstance(reply, dict) else None
        drops = details.get("drops") if isinstance(details, dict) else None
        refused = min(drops, len(batch.entries)) if isinstance(drops, int) and drops > 0 else 0
        self._stats.add(stats.DROPPED_REFUSED, refused * traces)
        self._stats.add(stats.DELIVERED, (len(batch.entries) - refused) * traces)

    def _drop(self, batch: Batch, reason: str, error: DaemonError) -> None:
        """Count the entries as dropped for the first trace of the batch."""
        self._stats.add(reason, len(batch.entries))
        if batch.entries:
            self._outage.begin(f"Calls of trace {batch.traces[0]} are dropped: {error}")

    def _given_up(self) -> bool:
        if self._flush_by is not None:
            return time.monotonic() >= self._flush_by
        return self._stopping.is_set()

    def _timeout(self) -> float:
        if self._flush_by is None:
            return REPLY_TIMEOUT_S
        return min(REPLY_TIMEOUT_S, max(self._flush_by - time.monotonic(), 0.05))

    def _pause(self, seconds: float) -> None:
        if self._flush_by is not None:
            time.sleep(min(seconds, max(self._flush_by - time.monotonic(), 0.0)))
        else:
            self._stopping.wait(seconds)


def _taken(reply: Any) -> set[str]:
    """Return the ids of the traces for which the daemon says that it has taken the entries."""
    ids = reply.get("trace_ids") if isinstance(reply, dict) else None
    return {str(trace_id) for trace_id in ids} if isinstance(ids, list) else set()
