"""One call of a Django application, observed."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from akita_capture import Body, Exchange, Trace, environ
from akita_capture.observation import Observation
from akita_capture.passage import WatchedAsyncIterator, WatchedIterator
from akita_capture.sink import Sink, guarded
from akita_capture.tee import Tee

from . import request as requests
from . import routes


def watch(
    sink: Sink,
    get_response: Callable[[HttpRequest], Any],
    request: HttpRequest,
    traces: tuple[Trace, ...],
) -> Any:
    """Answer a request, and observe it."""
    observation = DjangoObservation(sink, request, traces)
    try:
        with observation.naming:
            response = get_response(request)
    except BaseException as error:
        observation.failed(error)
        raise
    observation.answered(response)
    return response


async def watch_async(
    sink: Sink,
    get_response: Callable[[HttpRequest], Any],
    request: HttpRequest,
    traces: tuple[Trace, ...],
) -> Any:
    """Answer a request in an asynchronous stack, and observe it."""
    observation = DjangoObservation(sink, request, traces)
    try:
        with observation.naming:
            response = await get_response(request)
    except BaseException as error:
        observation.failed(error)
        raise
    observation.answered(response)
    return response


class DjangoObservation(Observation):
    """Observes a request before the application handles it, and its response after."""

    def __init__(self, sink: Sink, request: HttpRequest, traces: tuple[Trace, ...]) -> None:
        self._request = request
        self._resolved = request
        self._tee: Tee | None = None
        self._streaming = False
        super().__init__(sink, traces)

    def read_request(self, traces: tuple[Trace, ...]) -> Exchange:
        """Return the call as Django's request describes it, and watch its body."""
        request = self._request
        exchange = Exchange(
            traces=traces,
            started=time.time(),
            method=request.method or "",
            scheme=request.scheme or "http",
            host=requests.host(request),
            path=request.path,
            query=request.META.get("QUERY_STRING", ""),
            http_version=requests.http_version(request),
            request_headers=environ.headers(request.META),
            request_body=None,
        )
        self._expected = environ.expected_size(request.META)
        if self._expected:
            self._tee = requests.install_tee(request, self.sink.max_body_bytes)
        return exchange

    @guarded
    def answered(self, response: HttpResponseBase, resolved: HttpRequest | None = None) -> None:
        """Take the response; the beginning of a streamed one.

        ``resolved`` is the request that Django has routed, if that is another object.
        """
        exchange = self.exchange
        if exchange is None:
            return
        self._resolved = resolved or self._request
        exchange.status = response.status_code
        exchange.reason = response.reason_phrase
        # There is no public way that does not look up each header again.
        exchange.response_headers = list(response.headers._store.values())
        exchange.response_cookies = list(response.cookies.values())
        self._streaming = response.streaming
        if response.streaming:
            self._watch(response)
        else:
            self.passage.saw(response.content)  # type: ignore[attr-defined]
            self.passage.exhausted()

    def _watch(self, response: HttpResponseBase) -> None:
        # The public setter would add a closer, and would keep a server from sending a
        # file by itself. If the server does so, only the close is seen here.
        iterator = getattr(response, "_iterator", None)
        if iterator is not None:
            is_async = getattr(response, "is_async", False)
            watched = WatchedAsyncIterator if is_async else WatchedIterator
            response._iterator = watched(  # type: ignore[attr-defined]
                iterator, response.make_bytes, self.passage, self.sink.fault
            )
        response._resource_closers.append(self.passage.closed)  # type: ignore[attr-defined]

    @property
    def subject(self) -> HttpRequest:
        """The request."""
        return self._resolved

    def is_streamed(self, exchange: Exchange, announced: int) -> bool:  # noqa: ARG002
        """Report whether Django calls the response a streaming one."""
        return self._streaming

    def request_body(self, exchange: Exchange) -> Body | None:
        """Return what the view read of the body, as a form if Django has parsed one."""
        body = requests.body(self._request, self._expected, self._tee, self.sink.max_body_bytes)
        fields = requests.parsed_form(self._request) if body else None
        if fields is not None and body is not None:
            body.chunks = []
            exchange.form = fields
        return body

    def describe(self, exchange: Exchange) -> None:
        """Add the route and the view."""
        resolved = self._resolved
        exchange.describe = functools.partial(
            routes.describe,
            resolved.resolver_match,
            exchange.method,
            resolved.path_info,
            getattr(resolved, "urlconf", None),
        )
