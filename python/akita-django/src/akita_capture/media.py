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


_COMPRESSED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
"""What gzip and zstd data start with."""


def decompressed(body: Body, content_encoding: str, limit: int) -> tuple[bytes | None, bool]:
    """Decode a body's content encoding, up to ``limit`` bytes.

    Returns the content, or ``None`` if it cannot be read, and whether it is cut off. A coding
    that the standard library cannot decode is left to the daemon: the content is the body as
    it is. So is a body that does not have the coding that its header states.
    """
    data = b"".join(body.chunks)
    coding = content_encoding.strip().lower()
    if not data:
        return b"", body.cut
    content, whole = None, False
    if coding in ("gzip", "x-gzip"):
        content, whole = _gunzip(data, limit)
    elif coding == "deflate":
        content, whole = _inflate(data, limit)
    if content or whole:
        return content, body.cut or not whole
    cut = body.cut or len(data) > limit
    if cut and is_encoded(data, coding):
        return None, True  # a part of it is of no use
    return data[:limit], cut


def is_encoded(data: bytes, content_encoding: str) -> bool:
    """Report whether a body may still have a content coding."""
    coded = content_encoding.strip().lower() not in ("", "identity")
    return data.startswith(_COMPRESSED) or (coded and not _is_text(data[:64]))


def _is_text(start: bytes) -> bool:
    return not any(byte < 0x20 and byte not in b"\t\n\r\f" for byte in start)


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


def base64_text(data: bytes) -> tuple[str, str]:
    """Return HAR's ``text`` and ``encoding`` of bytes that are not text."""
    return base64.b64encode(data).decode("ascii"), "base64"


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
        return base64_text(data)
