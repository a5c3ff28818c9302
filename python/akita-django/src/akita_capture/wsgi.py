"""Capture for any WSGI application (PEP 3333)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from . import app_routes, known_routes
from . import environ as environs
from .activation import MaybeRecorder, activate
from .exchange import Body, Exchange
from .observation import Observation
from .passage import Passage, WatchedIterator
from .recorder import Recorder
from .sink import Sink, guarded
from .tee import Tee
from .trace import Trace


class AkitaWSGI:
    """A WSGI application that captures the calls of another and never changes them."""

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

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer a request."""
        recorder = self._recorder
        if not recorder.traces or not isinstance(recorder, Recorder):
            return self.app(environ, start_response)
        traces = recorder.admit(environs.path(environ)) if recorder.claim(environ) else ()
        if not traces:
            return self.app(environ, start_response)
        return watch(recorder, self.app, environ, start_response, traces)


def watch(
    sink: Sink, app: Any, environ: dict[str, Any], start_response: Any, traces: tuple[Trace, ...]
) -> Any:
    """Let ``app`` answer a request, and observe it."""
    observation = WSGIObservation(sink, environ, traces)
    try:
        with observation.naming:
            result = app(environ, observation.starting(start_response))
    except BaseException as error:
        observation.failed(error)
        raise
    return observation.answered(result)


class WSGIObservation(Observation):
    """Observes a call of a WSGI application."""

    def __init__(self, sink: Sink, environ: dict[str, Any], traces: tuple[Trace, ...]) -> None:
        self._environ = environ
        self._tee: Tee | None = None
        self._file: Any = None
        self._whole = False
        super().__init__(sink, traces)

    def read_request(self, traces: tuple[Trace, ...]) -> Exchange:
        """Return the call as its ``environ`` describes it, and watch its body."""
        environ = self._environ
        scheme = environ.get("wsgi.url_scheme", "http")
        self._script_name = environ.get("SCRIPT_NAME", "")
        exchange = Exchange(
            traces=traces,
            started=time.time(),
            method=environ.get("REQUEST_METHOD", ""),
            scheme=scheme,
            host=environs.host(environ, scheme),
            path=environs.path(environ),
            query=environ.get("QUERY_STRING", ""),
            http_version=environ.get("SERVER_PROTOCOL", "HTTP/1.1"),
            request_headers=environs.headers(environ),
            request_body=None,
        )
        self._expected = environs.expected_size(environ)
        if self._expected and "wsgi.input" in environ:
            self._tee = environ["wsgi.input"] = Tee(environ["wsgi.input"], self.sink.max_body_bytes)
        wrapper = environ.get("wsgi.file_wrapper")
        if wrapper is not None and not isinstance(wrapper, type):
            environ["wsgi.file_wrapper"] = self._remembering(wrapper)
        return exchange

    def _remembering(self, wrapper: Any) -> Any:
        """Wrap a file wrapper that is a function, as uWSGI's is.

        Its result has no class of its own, so it is recognized by identity.
        """

        def file_wrapper(*args: Any, **kwargs: Any) -> Any:
            self._file = wrapper(*args, **kwargs)
            return self._file

        return file_wrapper

    def starting(self, start_response: Any) -> Any:
        """Wrap ``start_response``."""

        def start(status: Any, headers: Any, *args: Any, **kwargs: Any) -> Any:
            write = start_response(status, headers, *args, **kwargs)
            self._started(status, headers)
            return self._writing(write)

        return start

    @guarded
    def _started(self, status: str, headers: list[tuple[str, str]]) -> None:
        exchange = self.exchange
        if exchange is not None:
            code, _, exchange.reason = status.partition(" ")
            exchange.status = int(code)
            exchange.response_headers = list(headers)
            # Read now: Flask forgets the route before it returns.
            exchange.describe = known_routes.of_flask(self._environ, self._script_name)

    def _writing(self, write: Any) -> Any:
        def watched(data: bytes) -> Any:
            result = write(data)
            self._saw(data)
            return result

        return watched

    @guarded
    def _saw(self, data: bytes) -> None:
        self.passage.saw(data)

    def answered(self, result: Any) -> Any:
        """Return what the server shall send in place of the application's ``result``."""
        if type(result) in (list, tuple):
            # Pass it on as it is: a server reads the body's size from it.
            self._saw_whole(result)
            return result
        if self._is_for_server(result):
            self.passage.end()
            return result
        watched = WatchedSized if hasattr(type(result), "__len__") else Watched
        return watched(result, self.passage, self.sink)

    @guarded
    def _saw_whole(self, chunks: list[bytes]) -> None:
        self._whole = True
        for chunk in chunks:
            self.passage.saw(chunk)
        self.passage.exhausted()

    def _is_for_server(self, result: Any) -> bool:
        """Report whether ``result`` is a file that the server may send by itself."""
        wrapper = self._environ.get("wsgi.file_wrapper")
        if isinstance(wrapper, type):
            return isinstance(result, wrapper)
        return self._file is not None and result is self._file

    def failed(self, error: BaseException) -> None:
        """End the call: the application raised ``error``."""
        if self.exchange is not None and self.passage.first_byte is None:
            # Nothing was sent yet, so the server answers in its own way.
            self.exchange.status, self.exchange.response_headers = 0, ()
        super().failed(error)

    @property
    def subject(self) -> Any:
        """The ``environ``."""
        return self._environ

    def is_streamed(self, exchange: Exchange, announced: int) -> bool:  # noqa: ARG002
        """Report whether the body was an iterable of unannounced size."""
        return not self._whole and announced < 0

    def request_body(self, exchange: Exchange) -> Body | None:  # noqa: ARG002
        """Return what the application read of the body."""
        if self._expected == 0:
            return None
        if self._tee is None:
            return Body(size=self._expected, cut=True)
        return self._tee.seen(self._expected)


class Watched(WatchedIterator):
    """A response's body, watched while the server iterates over it."""

    def __init__(self, result: Any, passage: Passage, sink: Sink) -> None:
        super().__init__(result, bytes, passage, sink.fault)
        self._result = result

    def __iter__(self) -> Iterator[Any]:
        self._iterator = iter(self._result)
        return self

    def close(self) -> None:
        """Close the body if it has ``close``."""
        try:
            close = getattr(self._result, "close", None)
            if close is not None:
                close()
        finally:
            self._passage.closed()


class WatchedSized(Watched):
    """A body that knows how many chunks it has."""

    def __len__(self) -> int:
        return len(self._result)
