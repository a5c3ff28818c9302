"""Calls that travel together."""

from __future__ import annotations

import json
import time
import uuid

from .trace import Trace

MAX_ENTRIES = 100
MAX_BYTES = 1 << 20


class Batch:
    """Entries of one trace, with an id by which the daemon knows a retry."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.batch_id = str(uuid.uuid4())
        self.entries: list[bytes] = []
        self.last = False
        """Whether nothing of the trace comes after this batch."""
        self.first_try: float | None = None
        """When it was first tried to be delivered, on the monotonic clock."""
        self._bytes = 0

    def add(self, entry: bytes) -> None:
        """Add an entry, as JSON."""
        self.entries.append(entry)
        self._bytes += len(entry)

    @property
    def full(self) -> bool:
        """Whether it should go, and the next entry into another."""
        return len(self.entries) >= MAX_ENTRIES or self._bytes >= MAX_BYTES

    def age(self) -> float:
        """Count the seconds since the first call of this method."""
        now = time.monotonic()
        if self.first_try is None:
            self.first_try = now
        return now - self.first_try

    def body(self, client_name: str, client_id: str) -> bytes:
        """Write the body of the POST."""
        head = json.dumps(
            {
                "client_name": client_name,
                "client_id": client_id,
                "batch_id": self.batch_id,
                "no_more_events": self.last,
            }
        )
        return head[:-1].encode() + b', "trace_events": [' + b",".join(self.entries) + b"]}"
