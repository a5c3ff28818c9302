"""From the bytes of a body to the text that HAR carries."""

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
    """Parse a ``Content-Type`` header's value."""
    message = Message()
    message["Content-Type"] = header
    return message


@functools.lru_cache(maxsize=256)
def charset(header: str) -> str | None:
    """Give the ``charset`` of a ``Content-Type`` header's value, in lower case."""
    return content_type(header).get_content_charset()


def decompressed(body: Body, content_encoding: str, limit: int) -> tuple[bytes | None, bool]:
    """Undo the content encoding, up to ``limit`` bytes.

    Returns the content, or ``None`` where it cannot be read, and whether it is cut.
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
    """Decompress one or more members, as far as they are good."""
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
    # Some servers send deflate without zlib's header, against the standard.
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        inflater = zlib.decompressobj(wbits)
        try:
            return inflater.decompress(data, limit), inflater.eof
        except zlib.error:
            continue
    return b"", False


def text(data: bytes, charset: str | None, *, cut: bool) -> tuple[str, str | None]:
    """Turn a body into HAR's ``text`` and ``encoding``: ``None`` or ``base64``."""
    charset = charset or "utf-8"
    try:
        if not cut:
            return data.decode(charset), None
        "a".encode(charset)  # LookupError where it is no charset, but a codec of another kind.
        # Not final: the cut may be in the middle of a character.
        return codecs.getincrementaldecoder(charset)().decode(data), None
    except (LookupError, UnicodeError):
        return base64.b64encode(data).decode("ascii"), "base64"
