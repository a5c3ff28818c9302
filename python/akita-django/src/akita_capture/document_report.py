"""Reports the OpenAPI document that the application generates to the daemon."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from .config import Config
from .daemon import DaemonClient, DaemonError
from .log import logger

CALM_S = 20.0
"""How long an application is complete before its document is generated: then its start is over."""
MAX_BYTES = 16 << 20
"""The daemon takes no larger document."""
TIMEOUT_S = 30.0

DOCUMENT = ("document",)
"""The path to report at. A daemon that is too old answers 404."""
OFFER = ("document", "offer")
"""Where the daemon answers whether this process shall generate the document."""

_FIXED = re.compile(r"[^{]*")


class Document(NamedTuple):
    """A document as a library generates it."""

    generator: str
    """The name of the library."""
    text: str
    """JSON."""


class Documents(NamedTuple):
    """Generates the document of an application."""

    is_complete: Callable[[], bool]
    """Reports whether the application is complete."""
    generate: Callable[[], Document | None]
    """Returns the document; ``None`` if nothing generates one."""


class DocumentReport:
    """Generates the document once, on the thread that polls, and sends it.

    Of the processes that start together, the daemon chooses one. It keeps the outline of the
    document only: no examples, defaults or texts.
    """

    def __init__(
        self,
        config: Config,
        documents: Documents | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client_name = config.client_name
        self._excluded = config.excluded
        self._documents = documents if config.report_openapi else None
        self._clock = clock
        self._complete_since: float | None = None
        self._body: bytes | None = None

    def send(self, client: DaemonClient) -> None:
        """Send the document when it can be generated; try again at the next call if that fails."""
        if self._documents is None or not self._is_time(self._documents):
            return
        try:
            if self._body is None and self._is_wanted(client):
                self._body = self._generated(self._documents)
            if self._body is not None:
                client.post(DOCUMENT, self._body, TIMEOUT_S)
        except DaemonError as error:
            if not error.permanent:
                return
        self._documents = self._body = None

    def _is_wanted(self, client: DaemonClient) -> bool:
        body = json.dumps({"client_name": self._client_name}).encode()
        _, reply = client.post(OFFER, body, TIMEOUT_S)
        return isinstance(reply, dict) and reply.get("wanted") is True

    def _is_time(self, documents: Documents) -> bool:
        if self._complete_since is None and documents.is_complete():
            self._complete_since = self._clock()
        return self._complete_since is not None and self._clock() - self._complete_since >= CALM_S

    def _generated(self, documents: Documents) -> bytes | None:
        try:
            document = documents.generate()
            body = None if document is None else self._encoded(document)
        except Exception as error:  # noqa: BLE001 - a guest never raises
            logger.warning(
                "The application's OpenAPI document cannot be generated (%s): Akita does not "
                "compare the calls with it. The application is not affected. "
                "AKITA_REPORT_OPENAPI = False turns this off.",
                type(error).__name__,
            )
            return None
        if body is not None and len(body) > MAX_BYTES:
            logger.warning(
                "The application's OpenAPI document has more than %d MiB: Akita does not compare "
                "the calls with it.",
                MAX_BYTES >> 20,
            )
            return None
        return body

    def _encoded(self, document: Document) -> bytes:
        content = json.loads(document.text)
        if self._excluded is not None:
            content["paths"] = self._captured(content)
        body = {
            "client_name": self._client_name,
            "generator": document.generator,
            "document": content,
        }
        return json.dumps(body).encode()

    def _captured(self, content: Any) -> dict[str, Any]:
        """Return the paths whose calls are captured; without calls, the others look unused."""
        excluded = self._excluded or (lambda _: False)
        base = str(content.get("basePath") or "").rstrip("/")
        paths = content.get("paths") or {}
        return {
            path: item
            for path, item in paths.items()
            if not excluded(base + "".join(_FIXED.findall(path)[:1]))
        }
