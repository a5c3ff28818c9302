"""The recorders of this process, one for each distinct configuration.

A framework may create several middleware objects; Django does so for each handler.
"""

from __future__ import annotations

from .app_routes import ReadRoutes
from .config import Config
from .document_report import Documents
from .recorder import Recorder
from .stats import NAMES

# Without a lock, which a fork might leave locked in the child: each step is atomic.
_recorders: dict[Config, Recorder] = {}


def recorder_for(
    config: Config, read_routes: ReadRoutes | None = None, documents: Documents | None = None
) -> Recorder:
    """Return the started recorder for this configuration.

    A new one reports the routes that ``read_routes`` lists, and the document that
    ``documents`` generates.
    """
    recorder = _recorders.get(config)
    if recorder is None:
        recorder = _recorders.setdefault(
            config,
            Recorder(config, read_routes, documents),  # a second one is never started
        )
    recorder.start()
    return recorder


def stats() -> dict[str, int]:
    """Return how many calls this process has captured, delivered and dropped, and why.

    The counters are those of :data:`akita_capture.stats.NAMES`.
    """
    total = dict.fromkeys(NAMES, 0)
    for recorder in list(_recorders.values()):
        for name, count in recorder.stats().items():
            total[name] += count
    return total


def stop_all() -> None:
    """Stop and forget all recorders."""
    while _recorders:
        _, recorder = _recorders.popitem()
        recorder.stop()
