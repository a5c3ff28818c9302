"""Reports the application's routes to the daemon."""

from __future__ import annotations

import itertools
import json
import re
import time
from collections.abc import Callable, Iterable
from typing import Any

from .app_routes import ReadRoutes, Route
from .config import Config
from .daemon import DaemonClient, DaemonError
from .log import logger

MAX_ROUTES = 10_000
"""How many routes are reported; the daemon learns that there are more."""
CALM_S = 20.0
"""Routes that are the same after this long do not change any more."""
TIMEOUT_S = 10.0

ROUTES = ("routes",)
"""The path to report at. A daemon that is too old answers 404."""

Excluded = Callable[[str], bool]
"""Reports whether the calls of a path are not captured."""

# Where a parameter or a regular expression begins: a route is compared with excluded
# paths up to there.
_FIXED = re.compile(r"[^<({\[\\$?*+|]*")


class RouteReport:
    """Reads the routes on the thread that polls, and sends them when they are complete.

    Nothing is sent but methods, routes and the names of views.
    """

    def __init__(
        self,
        config: Config,
        read: ReadRoutes | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client_name = config.client_name
        self._excluded = config.excluded
        self._read = read
        self._clock = clock
        self._sent: bytes | None = None
        self._sent_at = 0.0

    def send(self, client: DaemonClient) -> None:
        """Send the routes if they are new; try again at the next call if that fails."""
        if self._read is None or (self._sent and self._clock() - self._sent_at < CALM_S):
            return
        try:
            routes = self._read()
            body = None if routes is None else self._body(routes)
        except Exception as error:  # noqa: BLE001 - a guest never raises
            self._read = None
            logger.warning(
                "The application's routes cannot be read (%s): Akita does not show which of them "
                "nobody calls. The application is not affected.",
                type(error).__name__,
            )
            return
        if body is None:
            return
        if body == self._sent:
            self._read = None  # they do not change any more
            return
        try:
            client.post(ROUTES, body, TIMEOUT_S)
        except DaemonError as error:
            if error.permanent:
                self._read = None
            return
        self._sent, self._sent_at = body, self._clock()

    def _body(self, routes: Iterable[Route]) -> bytes:
        listed = listing(routes, self._excluded)
        return json.dumps({"client_name": self._client_name, **listed}).encode()


def listing(routes: Iterable[Route], excluded: Excluded | None) -> dict[str, Any]:
    """Return the list of routes as the daemon takes it, without those that are excluded."""
    known = dict.fromkeys(route for route in routes if not _is_excluded(route.route, excluded))
    kept = list(itertools.islice(known, MAX_ROUTES))
    body: dict[str, Any] = {"routes": [route._asdict() for route in kept]}
    if len(known) > MAX_ROUTES:
        body["truncated"] = True
    return body


def _is_excluded(route: str, excluded: Excluded | None) -> bool:
    if excluded is None:
        return False
    fixed = _FIXED.match(route.lstrip("^/"))
    return excluded("/" + (fixed[0] if fixed else ""))
