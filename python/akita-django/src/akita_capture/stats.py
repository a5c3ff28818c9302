"""Counts what was captured and what was not, and why."""

from __future__ import annotations

import threading

CAPTURED = "captured"
"""Calls that were queued."""
DELIVERED = "delivered"
"""Calls that the daemon accepted, once for each trace."""
SAMPLED_OUT = "sampled_out"
"""Calls omitted because the trace or ``AKITA_SAMPLE_RATE`` asks for a sample."""
EXCLUDED = "excluded"
"""Calls omitted because ``AKITA_EXCLUDE_PATHS`` has their path."""
EXEMPT = "exempt"
"""Calls omitted because their view is exempt."""
DROPPED_QUEUE_FULL = "dropped_queue_full"
DROPPED_TRACE_ENDED = "dropped_trace_ended"
"""Calls that ended after their trace."""
DROPPED_ERROR = "dropped_error"
"""Calls that could not be observed or converted because of an error of ours."""
DROPPED_REFUSED = "dropped_refused"
"""Calls that the daemon refused."""
DROPPED_UNDELIVERED = "dropped_undelivered"
"""Calls that could not be delivered within a minute."""

_DROPPED = "dropped_"

NAMES = (
    CAPTURED,
    DELIVERED,
    SAMPLED_OUT,
    EXCLUDED,
    EXEMPT,
    DROPPED_QUEUE_FULL,
    DROPPED_TRACE_ENDED,
    DROPPED_ERROR,
    DROPPED_REFUSED,
    DROPPED_UNDELIVERED,
)


class Stats:
    """Counters that any thread may change."""

    def __init__(self) -> None:
        # Reentrant, because a finalizer may count while this thread counts.
        self._lock = threading.RLock()
        self._counts = dict.fromkeys(NAMES, 0)

    def add(self, name: str, n: int = 1) -> None:
        """Add ``n`` to the counter ``name``, one of ``NAMES``."""
        with self._lock:
            self._counts[name] += n

    def snapshot(self) -> dict[str, int]:
        """Return a copy of the counters."""
        with self._lock:
            return dict(self._counts)

    def dropped(self) -> dict[str, int]:
        """Return the counters of dropped calls that are above zero, by reason."""
        counts = self.snapshot()
        return {
            name[len(_DROPPED) :]: n
            for name, n in counts.items()
            if n and name.startswith(_DROPPED)
        }
