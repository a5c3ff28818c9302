"""uWSGI, which runs Python's threads and tells Python of forks only if asked to.

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
    """Give the module that uWSGI puts into its Python; ``None`` elsewhere."""
    return sys.modules.get("uwsgi")


def hindrance() -> Problem | None:
    """Say what keeps our threads from running, if anything does."""
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
    """Tell whether this is the process that uWSGI makes its workers of.

    A thread that runs there while uWSGI forks leaves workers behind that hang, at times.
    """
    uwsgi = _uwsgi()
    return uwsgi is not None and uwsgi.worker_id() == 0


def after_fork(restart: Callable[[], None]) -> bool:
    """Have ``restart`` called in each worker of uWSGI; ``False`` elsewhere."""
    uwsgi = _uwsgi()
    if uwsgi is None:
        return False
    try:
        from uwsgidecorators import postfork  # type: ignore[import-untyped] # part of uWSGI
    except Exception:  # noqa: BLE001 - it raises Exception itself where there is no master
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
