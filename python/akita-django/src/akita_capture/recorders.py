"""The recorders of this process: one for all middleware of equal settings.

A framework may make many middleware objects, as Django does for each handler.
"""

from __future__ import annotations

import threading

from .config import Config
from .recorder import Recorder
from .stats import NAMES

_lock = threading.Lock()
_recorders: dict[Config, Recorder] = {}


def recorder_for(config: Config) -> Recorder:
    """Give the started recorder for these settings."""
    with _lock:
        recorder = _recorders.get(config)
        if recorder is None:
            recorder = _recorders[config] = Recorder(config)
    recorder.start()
    return recorder


def stats() -> dict[str, int]:
    """Count what this process has captured, delivered and dropped, and why.

    The counters are ``captured``, ``delivered``, ``sampled_out`` and ``dropped_…``.
    """
    total = dict.fromkeys(NAMES, 0)
    with _lock:
        recorders = list(_recorders.values())
    for recorder in recorders:
        for name, count in recorder.stats().items():
            total[name] += count
    return total


def stop_all() -> None:
    """Stop and forget all recorders, as the end of the process does."""
    with _lock:
        recorders = list(_recorders.values())
        _recorders.clear()
    for recorder in recorders:
        recorder.stop()
