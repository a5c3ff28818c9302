"""What the user gets to read: the logger ``akita_middleware``."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from .stats import Stats

logger = logging.getLogger("akita_middleware")


def make_visible() -> None:
    """Show INFO on standard error, where nobody has configured logging for us.

    Django's default configuration covers its own loggers only, so that the lines
    that the guide promises would be lost. A handler on our logger or on the root
    logger means that somebody has decided: then nothing is touched.
    """
    if logger.handlers or logging.getLogger().handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    logger.addHandler(handler)
    logger.propagate = False
    if logger.level == logging.NOTSET:
        logger.setLevel(logging.INFO)


class Outage:
    """Logs a trouble once, another trouble once, and the end of it once."""

    def __init__(self, recovered: str) -> None:
        self._recovered = recovered
        self._message = ""

    def begin(self, message: str) -> None:
        """Report a trouble."""
        if message != self._message:
            self._message = message
            logger.warning(message)

    def end(self) -> None:
        """Report that all is well."""
        if self._message:
            self._message = ""
            logger.info(self._recovered)


class DropReport:
    """Logs what was dropped, by reason, at most once in a while."""

    def __init__(
        self, counts: Stats, every_s: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stats = counts
        self._every_s = every_s
        self._clock = clock
        self._last: float | None = None
        self._told: dict[str, int] = {}

    def tell(self) -> None:
        """Say what was dropped since the last time, where that is long enough ago."""
        dropped = self._stats.dropped()
        if dropped == self._told:
            return
        now = self._clock()
        if self._last is not None and now - self._last < self._every_s:
            return
        new = {why: n - self._told.get(why, 0) for why, n in dropped.items()}
        self._last, self._told = now, dropped
        reasons = ", ".join(f"{why.replace('_', ' ')}: {n}" for why, n in new.items() if n)
        logger.warning(
            "%d calls are missing from Akita (%s). The application is not affected.",
            sum(new.values()),
            reasons,
        )
