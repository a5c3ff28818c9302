"""Turns the bytes of a body into text for HAR."""

from __future__ import annotations

import base64
import codecs
import functools
import gzip
import io
import zlib
from email.message import Message

from .exchange import Body


def content_type(header: str) -> Message:
    """Parse the value of a ``Content-Type`` header."""
    message = Message()
    message["Content-Type"] = header
    return message


@functools.lru_cache(maxsize=256)
def charset(header: str) -> str | None:
    """Return the ``charset`` of a ``Content-Type`` header in lower case."""
    return content_type(header).get_content_charset()


def decompressed(body: Body, content_encoding: str, limit: int) -> tuple[bytes | None, bool]:
    """Decode a body's content encoding, up to ``limit`` bytes.

    Returns the content, or ``None`` if it cannot be read, and whether it is cut off.
    """
    data = b"".join(body.chunks)
    coding = content_encoding.strip().lower()
    if not data:
        return b"", body.cut
    if coding in ("", "identity"):
        return data[:limit], body.cut or len(data) > limit
    if coding in ("gzip", "x-gzip"):
        content, whole = _gunzip(data, limit)
    elif coding == "deflate":
        content, whole = _inflate(data, limit)
    else:
        content, whole = b"", False
    return content or (b"" if whole else None), body.cut or not whole


def _gunzip(data: bytes, limit: int) -> tuple[bytes, bool]:
    """Decompress one or more gzip members, up to the first error."""
    content = bytearray()
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        try:
            while len(content) < limit:
                chunk = file.read1(limit - len(content))
                if not chunk:
                    return bytes(content), True
                content += chunk
        except (OSError, EOFError, zlib.error):
            pass
    return bytes(content), False


def _inflate(data: bytes, limit: int) -> tuple[bytes, bool]:
    # Some servers omit zlib's header, against the standard.
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        inflater = zlib.decompressobj(wbits)
        try:
            return inflater.decompress(data, limit), inflater.eof
        except zlib.error:
            continue
    return b"", False


def text(data: bytes, charset: str | None, *, cut: bool) -> tuple[str, str | None]:
    """Return HAR's ``text`` and ``encoding`` of a body: ``None`` or ``base64``."""
    charset = charset or "utf-8"
    try:
        if not cut:
            return data.decode(charset), None
        "a".encode(charset)  # LookupError if it is a codec, but not for text
        # Not final: the body may be cut off within a character.
        return codecs.getincrementaldecoder(charset)().decode(data), None
    except (LookupError, UnicodeError):
        return base64.b64encode(data).decode("ascii"), "base64"
