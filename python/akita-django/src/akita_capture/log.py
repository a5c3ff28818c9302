"""The log that users read, ``akita_middleware``."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from .stats import Stats

logger = logging.getLogger("akita_middleware")


def make_visible() -> None:
    """Make the lines that the guide promises appear, unless the application prevents it.

    If no level is set for our logger, it is INFO, because the root logger's is WARNING by
    default. Without a handler on our logger or on the root logger, lines go to standard
    error; Django's default configuration has handlers for its own loggers only.
    """
    if logger.level == logging.NOTSET:
        logger.setLevel(logging.INFO)
    if logger.handlers or logging.getLogger().handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    logger.addHandler(handler)
    logger.propagate = False


class Outage:
    """Logs each distinct problem once, and its end once."""

    def __init__(self, recovered: str) -> None:
        self._recovered = recovered
        self._message = ""

    def begin(self, message: str) -> None:
        """Log a problem, unless it is the last one logged."""
        if message != self._message:
            self._message = message
            logger.warning(message)

    def end(self) -> None:
        """Log the recovery, if a problem was logged."""
        if self._message:
            self._message = ""
            logger.info(self._recovered)


class DropReport:
    """Logs dropped calls by reason, at most once in ``every_s`` seconds."""

    def __init__(
        self, counts: Stats, every_s: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stats = counts
        self._every_s = every_s
        self._clock = clock
        self._last: float | None = None
        self._logged: dict[str, int] = {}

    def log(self) -> None:
        """Log what was dropped since the last report, if that is long enough ago."""
        dropped = self._stats.dropped()
        if dropped == self._logged:
            return
        now = self._clock()
        if self._last is not None and now - self._last < self._every_s:
            return
        new = {why: n - self._logged.get(why, 0) for why, n in dropped.items()}
        self._last, self._logged = now, dropped
        reasons = ", ".join(f"{why.replace('_', ' ')}: {n}" for why, n in new.items() if n)
        logger.warning(
            "%d calls are missing from Akita (%s). The application is not affected.",
            sum(new.values()),
            reasons,
        )
