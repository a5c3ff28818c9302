"""What the user gets to read: the logger ``akita_middleware``."""

from __future__ import annotations

import logging

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
