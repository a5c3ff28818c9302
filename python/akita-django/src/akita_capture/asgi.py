"""Any ASGI application (https://asgi.readthedocs.io/en/latest/specs/www.html), observed."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from . import known_routes
from .activation import MaybeRecorder, activate
from .exchange import Body, Exchange
from .passage import Passage
from .recorder import Recorder
from .sink import Sink, guarded
from .trace import Trace

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class AkitaASGI:
    """An ASGI application that shows Akita what another answers; never changes it.

    Web sockets and the lifespan protocol pass through.
    """

    def __init__(self, app: Any, service_name: str | None = None, **settings: Any) -> None:
        """Wrap ``app``.

        ``settings`` are those of the README without ``AKITA_`` and in lower case
        (``daemon_host="localhost:50080"``); what is not given is looked up in the
        environment under its whole name. Raises ``TypeError`` on others.
        """
        self.app = app
        self._recorder: MaybeRecorder = activate({"service_name": service_name, **settings})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a connection."""
        recorder = self._recorder
        if not recorder.traces or scope["type"] != "http" or not isinstance(recorder, Recorder):
            await self.app(scope, receive, send)
            return
        traces = recorder.admit(scope.get("path", ""))
        if not traces:
            await self.app(scope, receive, send)
            return
        observation = Observation(recorder, scope, traces)
        try:
            await self.app(scope, observation.receiving(receive), observation.sending(send))
        except BaseException as error:
            observation.failed(error)
            raise
        observation.returned()


class Observation:
    """One call, seen before the application sees it and after. It never raises."""

    def __init__(self, sink: Sink, scope: Scope, traces: tuple[Trace, ...]) -> None:
        self.sink = sink
        self._scope = scope
        self._began = time.perf_counter()
        self._exchange: Exchange | None = None
        self._read: list[bytes] = []
        self._read_kept = 0
        self._read_size = 0
        self._read_whole = False
        self._streamed = False
        self._gone = False
        self._passage = Passage(sink.max_body_bytes, self._ended)
        self._begin(traces)

    @guarded
    def _begin(self, traces: tuple[Trace, ...]) -> None:
        scope = self._scope
        headers = scope.get("headers")
        self._root_path = scope.get("root_path", "")
        # An iterator is for the application alone.
        headers = list(headers) if isinstance(headers, (list, tuple)) else []
        self._exchange = Exchange(
            traces=traces,
            started=time.time(),
            method=scope["method"],
            scheme=scope.get("scheme", "http"),
            host=_host(headers, scope.get("server")),
            path=scope["path"],
            query=scope.get("query_string", b"").decode("latin-1"),
            http_version=f"HTTP/{scope.get('http_version', '1.1')}",
            request_headers=headers,
            request_body=None,
        )

    def receiving(self, receive: Receive) -> Receive:
        """Wrap what the application reads the request's body with."""

        async def watched() -> Message:
            message = await receive()
            self._received(message)
            return message

        return watched

    @guarded
    def _received(self, message: Message) -> None:
        if message["type"] != "http.request":
            return
        chunk = message.get("body", b"")
        self._read_size += len(chunk)
        if chunk and self._read_kept < self.sink.max_body_bytes:
            kept = chunk[: self.sink.max_body_bytes - self._read_kept]
            self._read.append(kept)
            self._read_kept += len(kept)
        self._read_whole = not message.get("more_body", False)

    def sending(self, send: Send) -> Send:
        """Wrap what the application answers with."""

        async def watched(message: Message) -> None:
            headers = message.get("headers")
            if headers is not None and not isinstance(headers, (list, tuple)):
                message = {**message, "headers": list(headers)}  # an iterator: once is not enough
            await send(message)
            self._sent(message)

        return watched

    @guarded
    def _sent(self, message: Message) -> None:
        kind, more = message["type"], message.get("more_body", False)
        if kind == "http.response.start":
            self._started(message)
        elif kind == "http.response.body":
            self._streamed = self._streamed or more
            chunk = message.get("body", b"")
            if chunk or not more:
                self._passage.saw(chunk)
            if not more:
                self._passage.exhausted()
        elif kind == "http.response.pathsend" or (
            kind == "http.response.zerocopysend" and not more
        ):
            self._passage.end()  # the server sends a file, unseen

    def _started(self, message: Message) -> None:
        exchange = self._exchange
        if exchange is not None:
            exchange.status = message["status"]
            exchange.response_headers = list(message.get("headers", ()))

    def failed(self, error: BaseException) -> None:
        """See that the application raised, before its answer or after."""
        # What is no Exception ends the request without an answer, such as the
        # cancellation that a client's disconnection may be.
        self._gone = not isinstance(error, Exception)
        self._passage.end()

    def returned(self) -> None:
        """See that the application has returned; of a whole answer the end was seen before."""
        self._passage.end()

    @guarded
    def _ended(self, passage: Passage) -> None:
        exchange = self._exchange
        if exchange is None:
            return
        announced = _content_length(exchange.response_headers)
        exchange.response_body = passage.body(announced)
        exchange.streamed = self._streamed and announced < 0
        exchange.first_byte = passage.first_byte if exchange.streamed else None
        exchange.request_body = self._request_body(exchange)
        exchange.describe = known_routes.of_starlette(self._scope, exchange.path, self._root_path)
        if not exchange.status and not self._gone:
            exchange.status = 500  # what the server answers where an application has not
        exchange.duration = time.perf_counter() - self._began
        self.sink.record(exchange)

    def _request_body(self, exchange: Exchange) -> Body | None:
        if self._read_whole:
            if not self._read_size:
                return None
            return Body(self._read, self._read_size, cut=self._read_kept < self._read_size)
        announced = _content_length(exchange.request_headers)
        if announced == 0 or (announced < 0 and not self._read and not _chunked(exchange)):
            return None
        return Body(self._read, announced, cut=True)


def _host(headers: list[tuple[bytes, bytes]], server: Any) -> str:
    """Give host and port as the client named them, any at all."""
    for name, value in headers:
        if name == b"host":
            return value.decode("latin-1")
    host, port = server or ("unknown", None)
    return f"{host}:{port}" if port else str(host)


def _chunked(exchange: Exchange) -> bool:
    return any(name == b"transfer-encoding" for name, _ in exchange.request_headers)


def _content_length(headers: Any) -> int:
    for name, value in headers:
        if name.lower() == b"content-length" and value.isdigit():
            return int(value)
    return -1
