"""Calls that are sent together."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Collection

from .trace import Trace

MAX_ENTRIES = 100
MAX_BYTES = 1 << 20


class Batch:
    """Entries that the same traces saw, with an id by which the daemon recognizes a retry."""

    def __init__(self, traces: tuple[Trace, ...]) -> None:
        self.traces = traces
        """Those for which it has to be delivered; it is posted to the first one."""
        self.batch_id = str(uuid.uuid4())
        self.entries: list[bytes] = []
        self.last = False
        """Whether this is the trace's last batch."""
        self.first_try: float | None = None
        """When delivery was first tried, on the monotonic clock."""
        self._bytes = 0

    def add(self, entry: bytes) -> None:
        """Add an entry, as JSON."""
        self.entries.append(entry)
        self._bytes += len(entry)

    @property
    def full(self) -> bool:
        """Whether the next entry should go into another batch."""
        return len(self.entries) >= MAX_ENTRIES or self._bytes >= MAX_BYTES

    def settle(self, ids: Collection[str]) -> None:
        """Take out the first trace and those with these ids: their daemon has the entries."""
        self.traces = tuple(trace for trace in self.traces[1:] if trace.id not in ids)

    def age(self) -> float:
        """Return the seconds since this method was first called."""
        now = time.monotonic()
        if self.first_try is None:
            self.first_try = now
        return now - self.first_try

    def body(self, client_name: str, client_id: str) -> bytes:
        """Return the body of the POST, as JSON."""
        head = json.dumps(
            {
                "client_name": client_name,
                "client_id": client_id,
                "batch_id": self.batch_id,
                "no_more_events": self.last,
                "trace_ids": [trace.id for trace in self.traces],
            }
        )
        return head[:-1].encode() + b', "trace_events": [' + b",".join(self.entries) + b"]}"
