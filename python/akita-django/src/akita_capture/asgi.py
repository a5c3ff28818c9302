"""Capture for any ASGI application (https://asgi.readthedocs.io/en/latest/specs/www.html)."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from . import app_routes, known_routes
from .activation import MaybeRecorder, activate
from .exchange import Body, Exchange
from .headers import content_length, of_response
from .observation import Observation
from .recorder import Recorder
from .sink import Sink, guarded
from .trace import Trace

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


_STREAMS = ("text/event-stream", "application/x-ndjson", "application/jsonl")


class AkitaASGI:
    """An ASGI application that captures the calls of another and never changes them.

    Web sockets and the lifespan protocol pass through.
    """

    def __init__(self, app: Any, service_name: str | None = None, **settings: Any) -> None:
        """Wrap ``app``.

        ``settings`` are those of the README in lower case and without ``AKITA_``
        (``daemon_host="localhost:50080"``). A setting that is not given is read from the
        environment variable of its full name. Raises ``TypeError`` for an unknown one.
        """
        self.app = app
        self._recorder: MaybeRecorder = activate(
            {"service_name": service_name, **settings}, app_routes.reader(app)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a connection."""
        recorder = self._recorder
        if not recorder.traces or scope["type"] != "http" or not isinstance(recorder, Recorder):
            await self.app(scope, receive, send)
            return
        traces = recorder.admit(scope.get("path", "")) if recorder.claim(scope) else ()
        if not traces:
            await self.app(scope, receive, send)
            return
        await watch(recorder, self.app, (scope, receive, send), traces)


async def watch(
    sink: Sink, app: Any, connection: tuple[Scope, Receive, Send], traces: tuple[Trace, ...]
) -> None:
    """Let ``app`` answer a request, and observe it."""
    scope, receive, send = connection
    observation = ASGIObservation(sink, scope, traces)
    try:
        with observation.naming:
            await app(scope, observation.receiving(receive), observation.sending(send))
    except BaseException as error:
        observation.failed(error)
        raise
    observation.returned()


class ASGIObservation(Observation):
    """Observes a call of an ASGI application."""

    def __init__(self, sink: Sink, scope: Scope, traces: tuple[Trace, ...]) -> None:
        self._scope = scope
        self._read: list[bytes] = []
        self._read_kept = 0
        self._read_size = 0
        self._read_whole = False
        self._in_chunks = False
        self._chunks = 0
        self._ended_with_chunk: bool | None = None
        super().__init__(sink, traces)

    def read_request(self, traces: tuple[Trace, ...]) -> Exchange:
        """Return the call as its ``scope`` describes it."""
        scope = self._scope
        headers = scope.get("headers")
        self._root_path = scope.get("root_path", "")
        # An iterator can be read once, and the application needs it.
        headers = list(headers) if isinstance(headers, (list, tuple)) else []
        return Exchange(
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
        """Wrap ``receive``."""

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
        """Wrap ``send``."""

        async def watched(message: Message) -> None:
            headers = message.get("headers")
            if headers is not None and not isinstance(headers, (list, tuple)):
                # An iterator can be read once, and the server needs it too.
                message = {**message, "headers": list(headers)}
            await send(message)
            self._sent(message)

        return watched

    @guarded
    def _sent(self, message: Message) -> None:
        kind, more = message["type"], message.get("more_body", False)
        if kind == "http.response.start":
            self._started(message)
        elif kind == "http.response.body":
            self._in_chunks = self._in_chunks or more
            chunk = message.get("body", b"")
            self._chunks += bool(chunk)
            if chunk or not more:
                self.passage.saw(chunk)
            if not more:
                self._ended_with_chunk = bool(chunk)
                self.passage.exhausted()
        elif kind == "http.response.pathsend" or (
            kind == "http.response.zerocopysend" and not more
        ):
            self.passage.end()  # the server sends a file, which does not pass here

    def _started(self, message: Message) -> None:
        exchange = self.exchange
        if exchange is not None:
            exchange.status = message["status"]
            exchange.response_headers = list(message.get("headers", ()))

    def returned(self) -> None:
        """End the call if the response has not ended it: the application has returned."""
        self.passage.end()

    @property
    def subject(self) -> Any:
        """The ``scope``."""
        return self._scope

    def is_streamed(self, exchange: Exchange, announced: int) -> bool:
        """Report whether a body of unannounced size came in several chunks.

        A single chunk and an empty message after it are a plain response, which Starlette's
        BaseHTTPMiddleware sends on in this way, unless the media type is a stream's. A
        middleware around it that compresses has no empty message to send on: it sends the end
        of the compressed data, and drops the size.
        """
        if not self._in_chunks or announced >= 0:
            return False
        chunks = self._chunks
        if self._ended_with_chunk and _has(exchange, "content-encoding"):
            chunks -= 1
        # A body that did not end, because the client went away, was on its way in chunks.
        return chunks > 1 or self._ended_with_chunk is None or _is_stream(exchange)

    def request_body(self, exchange: Exchange) -> Body | None:
        """Return what the application received of the body."""
        if self._read_whole:
            if not self._read_size:
                return None
            return Body(self._read, self._read_size, cut=self._read_kept < self._read_size)
        announced = content_length(exchange.request_headers)
        if announced == 0 or (announced < 0 and not self._read and not _chunked(exchange)):
            return None
        return Body(self._read, announced, cut=True)

    def describe(self, exchange: Exchange) -> None:
        """Add the route, which the framework has put into the scope by now."""
        exchange.describe = known_routes.of_starlette(self._scope, exchange.path, self._root_path)


def _host(headers: list[tuple[bytes, bytes]], server: Any) -> str:
    """Return host and port as the client sent them, unchecked."""
    for name, value in headers:
        if name == b"host":
            return value.decode("latin-1")
    host, port = server or ("unknown", None)
    return f"{host}:{port}" if port else str(host)


def _has(exchange: Exchange, header: str) -> bool:
    return any(name.lower() == header for name, _ in of_response(exchange.response_headers))


def _is_stream(exchange: Exchange) -> bool:
    return any(
        name.lower() == "content-type" and value.partition(";")[0].strip().lower() in _STREAMS
        for name, value in of_response(exchange.response_headers)
    )


def _chunked(exchange: Exchange) -> bool:
    return any(name == b"transfer-encoding" for name, _ in exchange.request_headers)
