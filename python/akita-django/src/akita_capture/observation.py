"""One call, observed from its request to the end of its response."""

from __future__ import annotations

import time
from typing import Any

from .consumer import Naming
from .exchange import Body, Exchange
from .headers import content_length
from .passage import Passage
from .sink import Sink, guarded
from .trace import Trace


class Observation:
    """Watches one call and hands it to a sink when it ends.

    An adapter for each interface (WSGI, ASGI, Django) says how to read the request and
    feeds :attr:`passage` with the response. On the request's thread an observation
    takes references only, and it never raises.
    """

    def __init__(self, sink: Sink, traces: tuple[Trace, ...]) -> None:
        self.sink = sink
        self.exchange: Exchange | None = None
        """The call; ``None`` if its request could not be read."""
        self.passage = Passage(sink.max_body_bytes, self._ended)
        """The response's body. Its end is the end of the call."""
        self.naming = Naming(sink.consumers)
        """Is in context while the application answers, so that its code can name the consumer."""
        self._began = time.perf_counter()
        self._gone = False
        self._begin(traces)

    def read_request(self, traces: tuple[Trace, ...]) -> Exchange:
        """Return the call as far as its request describes it."""
        raise NotImplementedError

    def request_body(self, exchange: Exchange) -> Body | None:
        """Return what was seen of the request's body; ``None`` if it had none."""
        raise NotImplementedError

    def is_streamed(self, exchange: Exchange, announced: int) -> bool:
        """Report whether the response was streamed.

        ``announced`` is the size that its headers give, in bytes; -1 without one.
        """
        raise NotImplementedError

    @property
    def subject(self) -> Any:
        """What the function of ``AKITA_CONSUMER`` takes."""
        raise NotImplementedError

    def describe(self, exchange: Exchange) -> None:
        """Add what the framework knows by the end of the call."""

    @guarded
    def _begin(self, traces: tuple[Trace, ...]) -> None:
        self.exchange = self.read_request(traces)

    def failed(self, error: BaseException) -> None:
        """End the call: the application raised ``error``."""
        # Anything but an Exception, such as the cancellation that follows a client's
        # disconnection, ends the request without a response.
        self._gone = not isinstance(error, Exception)
        self.passage.end()

    @guarded
    def _ended(self, passage: Passage) -> None:
        exchange = self.exchange
        if exchange is None:
            return
        announced = content_length(exchange.response_headers)
        exchange.response_body = passage.body(announced)
        exchange.streamed = self.is_streamed(exchange, announced)
        exchange.first_byte = passage.first_byte if exchange.streamed else None
        exchange.request_body = self.request_body(exchange)
        self.describe(exchange)
        exchange.consumer = self.sink.consumers.of(self.naming, self.subject)
        if not exchange.status and not self._gone:
            exchange.status = 500  # what the server answers if the application does not
        exchange.duration = time.perf_counter() - self._began
        self.sink.record(exchange)
