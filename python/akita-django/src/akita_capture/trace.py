"""A trace, as the daemon describes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Trace:
    """A period of capture that was started in the console."""

    id: str
    """``lrn_…``"""
    name: str
    """The generated name, such as ``powder-blue-panda-338``."""
    sampling_rate: float = 1.0
    """The share of calls to send, 0 to 1."""

    @classmethod
    def from_json(cls, data: Any) -> Trace:
        """Parse an element of ``activated_traces``. Raises ``ValueError`` for anything else."""
        if not isinstance(data, dict):
            raise ValueError("a trace is not an object")
        trace_id, name = data.get("trace_id"), data.get("trace_name")
        if not (isinstance(trace_id, str) and trace_id and isinstance(name, str) and name):
            raise ValueError("a trace has no id or no name")
        rate = data.get("sampling_rate")
        if isinstance(rate, bool) or not isinstance(rate, (int, float)):
            rate = 1.0
        return cls(trace_id, name, min(max(float(rate), 0.0), 1.0))

    def __str__(self) -> str:
        return f"{self.name} ({self.id})"
