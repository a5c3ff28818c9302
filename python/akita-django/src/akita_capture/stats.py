"""What was captured, and what was not, and why."""

from __future__ import annotations

import threading

CAPTURED = "captured"
"""Calls that were queued."""
DELIVERED = "delivered"
"""Calls that the daemon took, once for each trace."""
SAMPLED_OUT = "sampled_out"
"""Calls left out because the trace or ``AKITA_SAMPLE_RATE`` asks for a sample."""
EXCLUDED = "excluded"
"""Calls left out because of their path, by ``AKITA_EXCLUDE_PATHS``."""
EXEMPT = "exempt"
"""Calls left out because their view is exempt."""
DROPPED_QUEUE_FULL = "dropped_queue_full"
DROPPED_TRACE_ENDED = "dropped_trace_ended"
"""Calls that ended after their trace had."""
DROPPED_ERROR = "dropped_error"
"""Calls that could not be observed or converted: a fault of ours."""
DROPPED_REFUSED = "dropped_refused"
"""Calls that the daemon refused."""
DROPPED_UNDELIVERED = "dropped_undelivered"
"""Calls that the daemon did not answer for in time."""

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
    """Counters, safe to count from any thread."""

    def __init__(self) -> None:
        # Reentrant, as a finalizer may count in the middle of a count.
        self._lock = threading.RLock()
        self._counts = dict.fromkeys(NAMES, 0)

    def add(self, name: str, n: int = 1) -> None:
        """Count ``n`` more of one of ``NAMES``."""
        with self._lock:
            self._counts[name] += n

    def snapshot(self) -> dict[str, int]:
        """Copy the counters."""
        with self._lock:
            return dict(self._counts)

    def dropped(self) -> dict[str, int]:
        """Copy the counters of what was lost, by reason; those above zero."""
        counts = self.snapshot()
        return {
            name[len(_DROPPED) :]: n
            for name, n in counts.items()
            if n and name.startswith(_DROPPED)
        }
