"""Forks and the end of the process.

Threads do not survive a fork, and a fork in the midst of a thread's work may leave
locks behind that nobody opens. So our threads are stopped before a fork, and
started again on both sides of it.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from typing import Protocol
from weakref import WeakSet

from . import under_uwsgi


class Forkable(Protocol):
    """What is told of forks and of the end."""

    def pause(self) -> None:
        """Stop the threads: a fork is coming."""

    def resume(self) -> None:
        """Go on, in the parent."""

    def restart(self) -> None:
        """Begin anew, in the child; in a process that has begun, see that it goes on."""

    def stop(self) -> None:
        """Stop for good: the process ends."""


_watched: WeakSet[Forkable] = WeakSet()


def watch(recorder: Forkable) -> None:
    """Tell ``recorder`` of forks and of the end."""
    _watched.add(recorder)


def unwatch(recorder: Forkable) -> None:
    """Tell it no longer."""
    _watched.discard(recorder)


def _all(tell: Callable[[Forkable], None]) -> Callable[[], None]:
    def tell_all() -> None:
        for recorder in list(_watched):
            tell(recorder)

    return tell_all


# At import, after `random`, `logging` and `threading`, whose own hooks must have run
# in a child before our threads start there.
_told_by_uwsgi = under_uwsgi.after_fork(_all(lambda recorder: recorder.restart()))
if hasattr(os, "register_at_fork") and not _told_by_uwsgi:
    os.register_at_fork(
        before=_all(lambda recorder: recorder.pause()),
        after_in_parent=_all(lambda recorder: recorder.resume()),
        after_in_child=_all(lambda recorder: recorder.restart()),
    )
atexit.register(_all(lambda recorder: recorder.stop()))
