"""HTTP headers as servers and frameworks hold them, and under their usual names."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any, Union

Header = tuple[Union[str, bytes], Union[str, bytes]]
Raw = Sequence[Header]
"""Headers as a server holds them: WSGI's and Django's are text, ASGI's are bytes."""


def of_request(raw: Raw) -> list[tuple[str, str]]:
    """Return a request's headers as text; text names are CGI's (``HTTP_USER_AGENT``)."""
    return [(_request_name(name), _text(value)) for name, value in raw]


def of_response(raw: Iterable[tuple[Any, Any]]) -> list[tuple[str, str]]:
    """Return a response's headers as text."""
    return [(_text(name), _text(value)) for name, value in raw]


def content_length(raw: Iterable[tuple[Any, Any]]) -> int:
    """Return the value of ``Content-Length`` in bytes; -1 without a valid one."""
    for name, value in raw:
        if _text(name).lower() == "content-length":
            length = _text(value)
            return int(length) if length.isascii() and length.isdecimal() else -1
    return -1


@functools.lru_cache(maxsize=1024)
def _request_name(name: str | bytes) -> str:
    if isinstance(name, bytes):
        return name.decode("latin-1").title()
    return name.replace("HTTP_", "", 1).replace("_", "-").title()


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
