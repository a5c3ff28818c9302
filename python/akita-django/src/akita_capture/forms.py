"""The fields of a form, from its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from email.parser import HeaderParser
from urllib.parse import parse_qsl

from .exchange import FormField
from .media import content_type

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"


def is_form(header: str) -> bool:
    """Tell whether a ``Content-Type`` is that of a form."""
    return header.partition(";")[0].strip().lower() in (URLENCODED, MULTIPART)


def fields(data: bytes, header: str) -> list[FormField] | None:
    """Parse a form; ``None`` where ``data`` is no form of that ``Content-Type``."""
    message = content_type(header)
    if message.get_content_type() == URLENCODED:
        pairs = parse_qsl(data.decode("utf-8", "replace"), keep_blank_values=True)
        return [FormField(name, value) for name, value in pairs]
    boundary = message.get_param("boundary")
    if message.get_content_type() != MULTIPART or not isinstance(boundary, str):
        return None
    return list(_parts(data, boundary.encode("latin-1", "replace")))


def _parts(data: bytes, boundary: bytes) -> Iterator[FormField]:
    """Split at the boundary; the last part may be cut."""
    for part in (b"\r\n" + data).split(b"\r\n--" + boundary)[1:]:
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
