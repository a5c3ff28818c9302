"""Django's test clients, extended to write their calls to a HAR file.

``akita model build`` makes an API model from such files::

    class Tests(django.test.TestCase):
        client_class = akita_django.test.Client

Put other clients first, so that what they add is written too:
``class Client(rest_framework.test.APIClient, akita_django.test.Client)``.
"""

from __future__ import annotations

import os
from datetime import datetime, timezone
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any

import django.test
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.test.client import FakePayload

from akita_capture.settings import Reader
from akita_capture.testsink import TestSink

from . import conf
from .observation import DjangoObservation

__all__ = ["AsyncClient", "Client"]

_STARTED = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def default_path() -> Path:
    """Return the default path, which is the same for all clients of a process."""
    return Path(f"akita_trace_{_STARTED}_{os.getpid()}.har")


class _Recording:
    """The common part of both clients."""

    def __init__(
        self,
        *args: Any,
        har_file_path: str | os.PathLike[str] | None = None,
        **kwargs: Any,
    ) -> None:
        """Take Django's arguments and ``har_file_path``.

        The default is ``akita_trace_<UTC time>_<process id>.har`` in the working
        directory. Clients of one test run may share a file; the first one empties it.
        """
        super().__init__(*args, **kwargs)
        path = Path(har_file_path or default_path())
        self._har: TestSink | None = TestSink(path, Reader(conf.lookup).consumer())

    def close(self) -> None:
        """Stop writing. The file is complete after each call, even without this."""
        self._har = None

    def __enter__(self) -> Any:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _observe(sink: TestSink, request: HttpRequest, payload: bytes) -> DjangoObservation:
    request._body = payload
    return DjangoObservation(sink, request, ())


def _reread(environ: dict[str, Any], key: str) -> bytes:
    """Read the payload under ``key`` and replace it by an unread one."""
    payload = environ.get(key)
    if not isinstance(payload, FakePayload):
        return b""
    data: bytes = payload.read()
    environ[key] = FakePayload(data)
    return data


class Client(_Recording, django.test.Client):
    """Django's test client, extended to write a HAR file."""

    def request(self, **request: Any) -> Any:
        """Send a request; write it and its response."""
        if self._har is None:
            return super().request(**request)
        payload = _reread(request, "wsgi.input")
        environ = self._base_environ(**request)  # type: ignore[attr-defined]
        observation = _observe(self._har, WSGIRequest(dict(environ)), payload)
        try:
            with observation.naming:
                response = super().request(**request)
        except BaseException as error:
            observation.failed(error)
            raise
        observation.answered(response, response.wsgi_request)
        return response


class AsyncClient(_Recording, django.test.AsyncClient):
    """Django's asynchronous test client, extended to write a HAR file."""

    async def request(self, **request: Any) -> Any:
        """Send a request; write it and its response."""
        if self._har is None:
            return await super().request(**request)
        payload = _reread(request, "_body_file")
        # A copy, because Django adds the cookies to the list.
        headers = list(request.get("headers", ()))
        scope = self._base_scope(**{**request, "headers": headers})  # type: ignore[attr-defined]
        observation = _observe(self._har, ASGIRequest(scope, BytesIO()), payload)
        try:
            with observation.naming:
                response = await super().request(**request)
        except BaseException as error:
            observation.failed(error)
            raise
        observation.answered(response, response.asgi_request)
        return response
