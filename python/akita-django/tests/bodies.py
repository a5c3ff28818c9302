"""Request bodies of every kind."""

from __future__ import annotations

import re

LIMIT = 50_000
"""Bytes that Django reads into memory, in these tests."""
ADDRESS = re.compile(r" at 0x[0-9a-f]+")


MULTIPART = (
    b'--B\r\nContent-Disposition: form-data; name="title"\r\n\r\nhello\r\n'
    b'--B\r\nContent-Disposition: form-data; name="f"; filename="a.bin"\r\n'
    b"Content-Type: image/png\r\n\r\n\x89PNG\xff\x00\r\n--B--\r\n"
)


BODIES = {
    "json": (b'{"a": [1, 2.5, null]}', "application/json"),
    "form": (b"a=1&b=%C3%A9&b=", "application/x-www-form-urlencoded"),
    "multipart": (MULTIPART, "multipart/form-data; boundary=B"),
    "broken multipart": (MULTIPART[:90], "multipart/form-data; boundary=B"),
    "multipart without boundary": (MULTIPART, "multipart/form-data"),
    "bytes": (b"\xff\xfe\x00" * 50, "application/octet-stream"),
    "over the limits": (b"z" * (LIMIT + 1), "application/octet-stream"),
    "text without a type": (b"one\ntwo\n", ""),
}
