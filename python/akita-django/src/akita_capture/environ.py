"""Reads a request from a CGI-like environment: WSGI's ``environ``, Django's ``META``."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

_CONTENT_HEADERS = ("CONTENT_TYPE", "CONTENT_LENGTH")


@functools.lru_cache(maxsize=1024)
def _is_header(key: str) -> bool:
    return key.startswith("HTTP_") or key in _CONTENT_HEADERS


def headers(environ: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the headers that the client sent, under their CGI names."""
    return [
        (key, value)
        for key, value in environ.items()
        if _is_header(key) and isinstance(value, str) and (value or key not in _CONTENT_HEADERS)
    ]


def path(environ: Mapping[str, Any]) -> str:
    """Return the whole path, decoded; WSGI holds its bytes as Latin-1 text."""
    raw: str = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    if raw.isascii():
        return raw
    return raw.encode("latin-1", "replace").decode("utf-8", "replace")


def host(environ: Mapping[str, Any], scheme: str) -> str:
    """Return host and port as the client sent them, unchecked."""
    if environ.get("HTTP_HOST"):
        return str(environ["HTTP_HOST"])
    name, port = environ.get("SERVER_NAME", "unknown"), str(environ.get("SERVER_PORT", ""))
    if port in ("", "0", "443" if scheme == "https" else "80"):
        return str(name)
    return f"{name}:{port}"


def expected_size(environ: Mapping[str, Any]) -> int:
    """Return the announced size of the body in bytes; 0 without a body, -1 if unknown."""
    length = environ.get("CONTENT_LENGTH")
    if length in (None, ""):
        return -1 if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "") else 0
    try:
        return max(int(length), 0)
    except ValueError:
        return 0
