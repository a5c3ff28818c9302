"""Headers, from what servers and frameworks hold to the names that people know."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any, Union

Header = tuple[Union[str, bytes], Union[str, bytes]]
Raw = Sequence[Header]
"""Headers as they are held: WSGI's and Django's are text, ASGI's are bytes."""


def of_request(raw: Raw) -> list[tuple[str, str]]:
    """Write the headers of a request; text names are CGI's, such as ``HTTP_USER_AGENT``."""
    return [(_request_name(name), _text(value)) for name, value in raw]


def of_response(raw: Iterable[tuple[Any, Any]]) -> list[tuple[str, str]]:
    """Write the headers of a response."""
    return [(_text(name), _text(value)) for name, value in raw]


@functools.lru_cache(maxsize=1024)
def _request_name(name: str | bytes) -> str:
    if isinstance(name, bytes):
        return name.decode("latin-1").title()
    return name.replace("HTTP_", "", 1).replace("_", "-").title()


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
