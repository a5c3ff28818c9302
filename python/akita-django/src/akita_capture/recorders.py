"""The recorders of this process: one for all middleware of equal settings.

A framework may make many middleware objects, as Django does for each handler.
"""

from __future__ import annotations

from .config import Config
from .recorder import Recorder
from .stats import NAMES

# Without a lock, which a fork might leave closed in the child: each step is atomic.
_recorders: dict[Config, Recorder] = {}


def recorder_for(config: Config) -> Recorder:
    """Give the started recorder for these settings."""
    recorder = _recorders.get(config)
    if recorder is None:
        recorder = _recorders.setdefault(config, Recorder(config))  # of two, one is not started
    recorder.start()
    return recorder


def stats() -> dict[str, int]:
    """Count what this process has captured, delivered and dropped, and why.

    The counters are ``captured``, ``delivered``, ``sampled_out`` and ``dropped_…``.
    """
    total = dict.fromkeys(NAMES, 0)
    for recorder in list(_recorders.values()):
        for name, count in recorder.stats().items():
            total[name] += count
    return total


def stop_all() -> None:
    """Stop and forget all recorders, as the end of the process does."""
    while _recorders:
        _, recorder = _recorders.popitem()
        recorder.stop()
