"""Measures the resources that this process has used."""

from __future__ import annotations

import resource
import time
from pathlib import Path
from typing import TypedDict

_PAGE = resource.getpagesize()


class Usage(TypedDict):
    """The resources of all threads since the start of the process."""

    cpu_ns: int
    """User and system time."""
    rss: int
    """Resident bytes now."""


def usage() -> Usage:
    """Measure this process."""
    resident = int(Path("/proc/self/statm").read_text().split()[1])
    return {"cpu_ns": time.process_time_ns(), "rss": resident * _PAGE}
