"""What this process has used."""

from __future__ import annotations

import resource
import time
from pathlib import Path
from typing import TypedDict

_PAGE = resource.getpagesize()


class Usage(TypedDict):
    """Of all threads, from the start of the process."""

    cpu_ns: int
    """User and system time."""
    rss: int
    """Resident bytes at the moment."""


def usage() -> Usage:
    """Measure this process."""
    resident = int(Path("/proc/self/statm").read_text().split()[1])
    return {"cpu_ns": time.process_time_ns(), "rss": resident * _PAGE}
