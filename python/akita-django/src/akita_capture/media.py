"""From the bytes of a body to the text that HAR carries."""

from __future__ import annotations

import base64
import codecs
import zlib
from email.message import Message

from .exchange import Body


def content_type(header: str) -> Message:
    """Parse a ``Content-Type`` header's value."""
    message = Message()
    message["Content-Type"] = header
    return message


def decompressed(body: Body, content_encoding: str, limit: int) -> tuple[bytes | None, bool]:
    """Undo the content encoding, up to ``limit`` bytes.

    Returns the content, or ``None`` where it cannot be read, and whether it is cut.
    """
    data = b"".join(body.chunks)
    coding = content_encoding.strip().lower()
    if coding in ("", "identity"):
        return data[:limit], body.cut or len(data) > limit
    if coding not in ("gzip", "x-gzip", "deflate"):
        return (None, True) if data else (b"", body.cut)
    # Some servers send deflate without zlib's header, against the standard.
    for wbits in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        inflater = zlib.decompressobj(wbits)
        try:
            content = inflater.decompress(data, limit)
        except zlib.error:
            continue
        return content, body.cut or not inflater.eof
    return (None, True) if data else (b"", body.cut)


def text(data: bytes, charset: str | None, *, cut: bool) -> tuple[str, str | None]:
    """Turn a body into HAR's ``text`` and ``encoding``: ``None`` or ``base64``."""
    charset = charset or "utf-8"
    try:
        "a".encode(charset)  # LookupError where it is no charset, but a codec of another kind.
        # Not final where the body is cut: that may be in the middle of a character.
        return codecs.getincrementaldecoder(charset)().decode(data, not cut), None
    except (LookupError, UnicodeError):
        return base64.b64encode(data).decode("ascii"), "base64"
