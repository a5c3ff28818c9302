"""Parses forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email.parser import HeaderParser
from urllib.parse import parse_qsl

from .exchange import FormField
from .media import content_type

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

MAX_FIELDS = 1000
"""How many fields of a form are read, as in Django: a MiB may hold 350,000."""


def is_form(header: str) -> bool:
    """Report whether a ``Content-Type`` is that of a form."""
    return header.partition(";")[0].strip().lower() in (URLENCODED, MULTIPART)


def is_multipart(header: str) -> bool:
    """Report whether a ``Content-Type`` is that of a multipart form."""
    return header.partition(";")[0].strip().lower() == MULTIPART


def fields(data: bytes, header: str) -> tuple[list[FormField], bool] | None:
    """Parse a form of this ``Content-Type``; return ``None`` if ``data`` is not one.

    Returns the first fields, and whether there is more. Of a URL-encoded form, a piece
    without ``=`` counts as more: it is a value (``curl -d hunter2``), not a field's name.
    """
    message = content_type(header)
    if message.get_content_type() == URLENCODED:
        pieces = data.split(b"&", MAX_FIELDS)
        named = [piece for piece in pieces[:MAX_FIELDS] if b"=" in piece]
        text = b"&".join(named).decode("utf-8", "replace")
        pairs = parse_qsl(text, keep_blank_values=True)
        more = len(named) < len(list(filter(None, pieces)))
        return [FormField(name, value) for name, value in pairs], more
    boundary = message.get_param("boundary")
    if message.get_content_type() != MULTIPART or not isinstance(boundary, str):
        return None
    delimiter = b"\r\n--" + boundary.encode("latin-1", "replace")
    _, *parts = (b"\r\n" + data).split(
        delimiter, MAX_FIELDS + 2
    )  # the last delimiter ends the form
    return list(_of_parts(parts[:MAX_FIELDS])), len(parts) > MAX_FIELDS + 1


def _of_parts(parts: Iterable[bytes]) -> Iterator[FormField]:
    """Parse the parts of a form up to its end; the last part may be cut off."""
    for part in parts:
        if part.startswith(b"--"):
            return
        head, found, value = part.partition(b"\r\n\r\n")
        if not found:
            continue
        headers = HeaderParser().parsestr(head.lstrip(b"\r\n").decode("utf-8", "replace"))
        name = headers.get_param("name", header="Content-Disposition")
        if not isinstance(name, str):
            continue
        file_name = headers.get_filename()
        if file_name is None:
            yield FormField(name, value.decode("utf-8", "replace"))
        else:
            yield FormField(name, None, file_name, headers.get("Content-Type", ""))
