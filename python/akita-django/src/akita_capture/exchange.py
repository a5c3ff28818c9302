"""One observed call, as references to objects that the framework holds anyway.

An exchange is made on the request's own thread, so it computes nothing. The work is
done when it is converted, on the recorder's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import Morsel
from typing import Any

from .consumer import Consumer
from .headers import Raw
from .trace import Trace


@dataclass
class Body:
    """What was seen of a body."""

    chunks: list[bytes] = field(default_factory=list)
    """The first bytes of the body, in order."""
    size: int = -1
    """The size of the whole body on the wire, in bytes; -1 if unknown."""
    cut: bool = False
    """Whether a part of the body is missing in ``chunks``."""

    def kept(self) -> int:
        """Return how many bytes the chunks hold."""
        return sum(map(len, self.chunks))


@dataclass
class FormField:
    """A field of a form. Of a file it has the name and the type, never the contents."""

    name: str
    value: str | None = None
    file_name: str | None = None
    content_type: str | None = None


@dataclass
class Exchange:
    """A request and its response."""

    traces: tuple[Trace, ...]
    """The traces that were on when the call began."""
    started: float
    """Seconds since the epoch."""
    method: str
    scheme: str
    host: str
    """Host, and port if it is not the scheme's default."""
    path: str
    """The path, decoded."""
    query: str
    """The query string as it was sent, without its question mark."""
    http_version: str
    request_headers: Raw
    """As the server holds them: text under CGI names, or bytes."""
    request_body: Body | None
    """``None`` if the request had none."""
    duration: float = 0.0
    """Seconds until the response was complete."""
    status: int = 0
    """0 if there was no response."""
    reason: str = ""
    response_headers: Raw = ()
    response_cookies: Sequence[Morsel[str]] = ()
    response_body: Body = field(default_factory=Body)
    first_byte: float | None = None
    """Seconds until the first byte of a streamed response."""
    streamed: bool = False
    form: list[FormField] | None = None
    """The form's fields, if the framework has parsed them."""
    consumer: Consumer | None = None
    """Who made the call, if code says so."""
    describe: Callable[[], Mapping[str, Any] | None] = dict
    """Returns what the framework knows (route, converters, view), or ``None`` to omit the call."""

    def footprint(self) -> int:
        """Return roughly how many bytes of memory this exchange holds."""
        held = 2048 + self.response_body.kept()
        if self.request_body is not None:
            held += self.request_body.kept()
        if self.form is not None:
            held += sum(len(field.value) for field in self.form if field.value is not None)
        return held
