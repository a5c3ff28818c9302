"""One call, observed from its request to its answer."""

from __future__ import annotations

import functools
import time

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from akita_capture import Body, Exchange, Trace, environ
from akita_capture.passage import Passage, WatchedAsyncIterator, WatchedIterator
from akita_capture.sink import Sink, guarded
from akita_capture.tee import Tee

from . import request as requests
from . import routes


class Observation:
    """Sees a request before the application does, and its answer after.

    On the request's thread it takes references only, and it never raises.
    """

    def __init__(self, sink: Sink, request: HttpRequest, traces: tuple[Trace, ...]) -> None:
        self.sink = sink
        self._request = request
        self._tee: Tee | None = None
        self._exchange: Exchange | None = None
        self._began = time.perf_counter()
        self._begin(traces)

    @guarded
    def _begin(self, traces: tuple[Trace, ...]) -> None:
        request = self._request
        self._exchange = Exchange(
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

    @guarded
    def failed(self, error: BaseException) -> None:
        """See that the application raised instead of answering."""
        exchange = self._exchange
        if exchange is None:
            return
        self._finish_request(exchange, self._request)
        # What is no Exception ends the request without an answer, such as the
        # cancellation that a client's disconnection is.
        exchange.status = 500 if isinstance(error, Exception) else 0
        self._hand_over(exchange)

    @guarded
    def answered(self, response: HttpResponseBase, resolved: HttpRequest | None = None) -> None:
        """See the answer; of a streamed one, the beginning.

        ``resolved`` is the request that Django has routed, where that is another object.
        """
        exchange = self._exchange
        if exchange is None:
            return
        self._finish_request(exchange, resolved or self._request)
        exchange.status = response.status_code
        exchange.reason = response.reason_phrase
        # There is no public way that does not look each of them up again.
        exchange.response_headers = list(response.headers._store.values())
        exchange.response_cookies = list(response.cookies.values())
        if response.streaming:
            self._watch(exchange, response)
        else:
            content: bytes = response.content  # type: ignore[attr-defined]
            limit = self.sink.max_body_bytes
            exchange.response_body = Body([content[:limit]], len(content), cut=len(content) > limit)
            self._hand_over(exchange)

    def _finish_request(self, exchange: Exchange, resolved: HttpRequest) -> None:
        request = self._request
        exchange.request_body = requests.body(
            request, self._expected, self._tee, self.sink.max_body_bytes
        )
        fields = requests.parsed_form(request) if exchange.request_body else None
        if fields is not None and exchange.request_body is not None:
            exchange.request_body.chunks = []
            exchange.form = fields
        exchange.describe = functools.partial(
            routes.describe,
            resolved.resolver_match,
            exchange.method,
            resolved.path_info,
            getattr(resolved, "urlconf", None),
        )

    def _watch(self, exchange: Exchange, response: HttpResponseBase) -> None:
        exchange.streamed = True
        before = time.perf_counter() - self._began
        announced = response.headers.get("Content-Length", "")

        def ended(passage: Passage) -> None:
            self._stream_ended(exchange, passage, before, announced)

        passage = Passage(self.sink.max_body_bytes, ended)
        # The public setter would add a closer, and would keep a server from sending a
        # file by itself. Where the server does so, nothing passes here but the close.
        iterator = getattr(response, "_iterator", None)
        if iterator is not None:
            is_async = getattr(response, "is_async", False)
            watched = WatchedAsyncIterator if is_async else WatchedIterator
            response._iterator = watched(  # type: ignore[attr-defined]
                iterator, response.make_bytes, passage, self.sink.fault
            )
        response._resource_closers.append(passage.closed)  # type: ignore[attr-defined]

    @guarded
    def _stream_ended(
        self, exchange: Exchange, passage: Passage, before: float, announced: str
    ) -> None:
        exchange.response_body = passage.body(int(announced) if announced.isdecimal() else -1)
        if passage.first_byte is not None:
            exchange.first_byte = before + passage.first_byte
        self._hand_over(exchange)

    def _hand_over(self, exchange: Exchange) -> None:
        exchange.duration = time.perf_counter() - self._began
        self.sink.record(exchange)
