"""Any WSGI application (PEP 3333), observed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from . import environ as environs
from . import known_routes
from .activation import MaybeRecorder, activate
from .exchange import Body, Exchange
from .passage import Passage, WatchedIterator
from .recorder import Recorder
from .sink import Sink, guarded
from .tee import Tee
from .trace import Trace


class AkitaWSGI:
    """A WSGI application that shows Akita what another answers; never changes it."""

    def __init__(self, app: Any, service_name: str | None = None, **settings: Any) -> None:
        """Wrap ``app``.

        ``settings`` are those of the README without ``AKITA_`` and in lower case
        (``daemon_host="localhost:50080"``); what is not given is looked up in the
        environment under its whole name. Raises ``TypeError`` on others.
        """
        self.app = app
        self._recorder: MaybeRecorder = activate({"service_name": service_name, **settings})

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer a request."""
        recorder = self._recorder
        if not recorder.traces or not isinstance(recorder, Recorder):
            return self.app(environ, start_response)
        traces = recorder.admit(environs.path(environ))
        if not traces:
            return self.app(environ, start_response)
        observation = Observation(recorder, environ, traces)
        try:
            result = self.app(environ, observation.starting(start_response))
        except BaseException as error:
            observation.failed(error)
            raise
        return observation.answered(result)


class Observation:
    """One call, seen before the application sees it and after. It never raises."""

    def __init__(self, sink: Sink, environ: dict[str, Any], traces: tuple[Trace, ...]) -> None:
        self.sink = sink
        self._environ = environ
        self._began = time.perf_counter()
        self._exchange: Exchange | None = None
        self._tee: Tee | None = None
        self._file: Any = None
        self._streamed = True
        self._gone = False
        self._passage = Passage(sink.max_body_bytes, self._ended)
        self._begin(traces)

    @guarded
    def _begin(self, traces: tuple[Trace, ...]) -> None:
        environ = self._environ
        scheme = environ.get("wsgi.url_scheme", "http")
        self._script_name = environ.get("SCRIPT_NAME", "")
        self._exchange = Exchange(
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

    def _remembering(self, wrapper: Any) -> Any:
        """Remember the file that a server written in C knows by its identity."""

        def file_wrapper(*args: Any, **kwargs: Any) -> Any:
            self._file = wrapper(*args, **kwargs)
            return self._file

        return file_wrapper

    def starting(self, start_response: Any) -> Any:
        """Wrap what the application begins its answer with."""

        def start(status: Any, headers: Any, *args: Any, **kwargs: Any) -> Any:
            write = start_response(status, headers, *args, **kwargs)
            self._started(status, headers)
            return self._writing(write)

        return start

    @guarded
    def _started(self, status: str, headers: list[tuple[str, str]]) -> None:
        exchange = self._exchange
        if exchange is not None:
            code, _, exchange.reason = status.partition(" ")
            exchange.status = int(code)
            exchange.response_headers = list(headers)
            # Now, as Flask forgets it before it returns.
            exchange.describe = known_routes.of_flask(self._environ, self._script_name)

    def _writing(self, write: Any) -> Any:
        def watched(data: bytes) -> Any:
            result = write(data)
            self._saw(data)
            return result

        return watched

    @guarded
    def _saw(self, data: bytes) -> None:
        self._passage.saw(data)

    def answered(self, result: Any) -> Any:
        """Give what the server is to have in place of ``result``."""
        if type(result) in (list, tuple):
            # A server may ask for its length, and knows the size of the answer by it.
            self._whole(result)
            return result
        if self._is_for_server(result):
            self._passage.end()
            return result
        watched = WatchedSized if hasattr(type(result), "__len__") else Watched
        return watched(result, self._passage, self.sink)

    @guarded
    def _whole(self, chunks: list[bytes]) -> None:
        self._streamed = False
        for chunk in chunks:
            self._passage.saw(chunk)
        self._passage.exhausted()

    def _is_for_server(self, result: Any) -> bool:
        """Tell whether the server may send a file by itself, if nobody stands between."""
        wrapper = self._environ.get("wsgi.file_wrapper")
        if isinstance(wrapper, type):
            return isinstance(result, wrapper)
        return self._file is not None and result is self._file

    def failed(self, error: BaseException) -> None:
        """See that the application raised instead of answering."""
        # What is no Exception ends the request without an answer.
        self._gone = not isinstance(error, Exception)
        if self._exchange is not None and self._passage.first_byte is None:
            self._exchange.status, self._exchange.response_headers = 0, ()
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
        exchange.request_body = self._request_body()
        if not exchange.status and not self._gone:
            exchange.status = 500  # what the server answers where an application has not
        exchange.duration = time.perf_counter() - self._began
        self.sink.record(exchange)

    def _request_body(self) -> Body | None:
        if self._expected == 0:
            return None
        if self._tee is None:
            return Body(size=self._expected, cut=True)
        return self._tee.seen(self._expected)


class Watched(WatchedIterator):
    """The answer's body, seen as the server takes it."""

    def __init__(self, result: Any, passage: Passage, sink: Sink) -> None:
        super().__init__(result, bytes, passage, sink.fault)
        self._result = result

    def __iter__(self) -> Iterator[Any]:
        self._iterator = iter(self._result)
        return self

    def close(self) -> None:
        """Close the body, where it can be closed."""
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


def _content_length(headers: Any) -> int:
    for name, value in headers:
        if name.lower() == "content-length" and value.isdecimal():
            return int(value)
    return -1
