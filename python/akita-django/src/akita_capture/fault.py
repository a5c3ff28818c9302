"""Errors in this package: swallowed, counted, and logged once."""

from __future__ import annotations

import traceback

from . import stats
from .log import logger
from .stats import Stats


def place(error: BaseException) -> str:
    """Return where an error was raised, to follow its name."""
    frames = traceback.extract_tb(error.__traceback__)
    return f" in {frames[-1].filename}:{frames[-1].lineno}" if frames else ""


class Faults:
    """Takes errors in our own code, so that they never reach the application."""

    def __init__(self, counts: Stats) -> None:
        self._stats = counts
        self._logged = False

    def report(self, error: Exception) -> None:
        """Count a call that was lost to an error, and log the first.

        The error's message is not logged, because it may quote the call.
        """
        self._stats.add(stats.DROPPED_ERROR)
        if self._logged:
            return
        self._logged = True
        logger.warning(
            "A call was not captured because of an error in akita-django (%s%s). The "
            "application is not affected. Further errors are counted, not logged.",
            type(error).__name__,
            place(error),
        )
