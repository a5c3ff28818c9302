"""One observed call, as references to what the framework holds anyway.

An exchange is made on the request's own thread, so it computes nothing: whatever
takes time waits until it is converted, on the recorder's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import Morsel
from typing import Any

from .headers import Raw
from .trace import Trace


@dataclass
class Body:
    """The bytes of a body that were seen passing."""

    chunks: list[bytes] = field(default_factory=list)
    """The first bytes of the body, in order."""
    size: int = -1
    """The size of the whole body on the wire, in bytes; -1 where unknown."""
    cut: bool = False
    """Whether ``chunks`` lack some of the body."""

    def kept(self) -> int:
        """How many bytes the chunks hold."""
        return sum(map(len, self.chunks))


@dataclass
class FormField:
    """A field of a form; of a file only what it is called, never what is in it."""

    name: str
    value: str | None = None
    file_name: str | None = None
    content_type: str | None = None


@dataclass
class Exchange:
    """A call and its answer."""

    traces: tuple[Trace, ...]
    """The traces that were on when the call began."""
    started: float
    """Seconds since the epoch."""
    method: str
    scheme: str
    host: str
    """Host and, where it is not the scheme's own, port."""
    path: str
    """The path, decoded."""
    query: str
    """The query string as it was sent, without its question mark."""
    http_version: str
    request_headers: Raw
    """As the server gives them: text under CGI's names, or bytes."""
    request_body: Body | None
    """``None`` where the request had none."""
    duration: float = 0.0
    """Seconds until the answer was complete."""
    status: int = 0
    """0 where no answer was given."""
    reason: str = ""
    response_headers: Raw = ()
    response_cookies: Sequence[Morsel[str]] = ()
    response_body: Body = field(default_factory=Body)
    first_byte: float | None = None
    """Seconds until the first byte of a streamed answer."""
    streamed: bool = False
    form: list[FormField] | None = None
    """The form's fields where the framework has parsed them."""
    describe: Callable[[], Mapping[str, Any] | None] = dict
    """Gives what the framework knows: route, converters, view; ``None`` to leave the call out."""

    def footprint(self) -> int:
        """Roughly how many bytes of memory this exchange holds on to."""
        held = 2048 + self.response_body.kept()
        if self.request_body is not None:
            held += self.request_body.kept()
        if self.form is not None:
            held += sum(len(field.value) for field in self.form if field.value is not None)
        return held
