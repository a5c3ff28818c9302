"""Stops and starts recorders around forks and at the end of the process.

Threads do not survive a fork, and a lock that a thread holds during a fork stays
locked in the child. So our threads are stopped before a fork, and started again in
parent and child.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from typing import Protocol
from weakref import WeakSet

from . import under_uwsgi


class Forkable(Protocol):
    """Something with threads that must stop around a fork."""

    def pause(self) -> None:
        """Stop the threads before a fork."""

    def resume(self) -> None:
        """Start them again in the parent."""

    def restart(self) -> None:
        """Start afresh in the child. In a process that has done so, make sure that it runs."""

    def stop(self) -> None:
        """Stop for good at the end of the process."""


_watched: WeakSet[Forkable] = WeakSet()


def watch(recorder: Forkable) -> None:
    """Call ``recorder`` around forks and at the end of the process."""
    _watched.add(recorder)


def unwatch(recorder: Forkable) -> None:
    """Stop calling it."""
    _watched.discard(recorder)


def _for_each(action: Callable[[Forkable], None]) -> Callable[[], None]:
    def act() -> None:
        for recorder in list(_watched):
            action(recorder)

    return act


# At import, after `random`, `logging` and `threading`: their hooks must run in a child
# before our threads start there.
_uwsgi_calls_us = under_uwsgi.after_fork(_for_each(lambda recorder: recorder.restart()))
if hasattr(os, "register_at_fork") and not _uwsgi_calls_us:
    os.register_at_fork(
        before=_for_each(lambda recorder: recorder.pause()),
        after_in_parent=_for_each(lambda recorder: recorder.resume()),
        after_in_child=_for_each(lambda recorder: recorder.restart()),
    )
atexit.register(_for_each(lambda recorder: recorder.stop()))
