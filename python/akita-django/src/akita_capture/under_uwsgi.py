"""uWSGI, which runs threads and Python's fork hooks only if configured to.

See https://uwsgi-docs.readthedocs.io/en/latest/ThingsToKnow.html and, for
``post_fork_hook``, https://uwsgi-docs.readthedocs.io/en/latest/PythonDecorators.html.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from .settings import Problem

_TRUE = (True, b"true", b"1", "true", "1")


def _uwsgi() -> Any:
    """Return the module that uWSGI adds to its Python; ``None`` elsewhere."""
    return sys.modules.get("uwsgi")


def blocker() -> Problem | None:
    """Return what keeps our threads from running; ``None`` if nothing does."""
    uwsgi = _uwsgi()
    if uwsgi is None:
        return None
    options = uwsgi.opt
    if options.get("enable-threads") in _TRUE or "threads" in options:
        return None
    return Problem(
        "W012",
        "uWSGI runs no Python threads without enable-threads: nothing is captured.",
        "Add enable-threads = true to its configuration, or --enable-threads to its command line.",
    )


def is_to_fork() -> bool:
    """Report whether uWSGI is going to fork its workers from this process.

    If a thread runs here while uWSGI forks, some workers hang.
    """
    uwsgi = _uwsgi()
    return uwsgi is not None and uwsgi.worker_id() == 0


def after_fork(restart: Callable[[], None]) -> bool:
    """Have uWSGI call ``restart`` in each worker; return ``False`` elsewhere."""
    uwsgi = _uwsgi()
    if uwsgi is None:
        return False
    try:
        from uwsgidecorators import postfork  # type: ignore[import-untyped] # part of uWSGI
    except Exception:  # noqa: BLE001 - without a master it raises Exception itself
        uwsgi.post_fork_hook = _in_turn(getattr(uwsgi, "post_fork_hook", None), restart)
    else:
        postfork(restart)
    return True


def _in_turn(first: Callable[[], None] | None, second: Callable[[], None]) -> Callable[[], None]:
    def both() -> None:
        if first is not None:
            first()
        second()

    return both
