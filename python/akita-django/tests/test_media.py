"""Bodies become text: charsets and compression."""

from __future__ import annotations

import gzip
import zlib

import pytest

from akita_capture import Body
from akita_capture.media import decompressed, text

pytestmark = pytest.mark.any_django


@pytest.mark.parametrize(
    ("data", "charset", "cut", "result"),
    [
        (b"abc", None, False, ("abc", None)),
        (b"\xc3\xa9", None, False, ("\u00e9", None)),
        (b"\xc3\xa9", "latin-1", False, ("\u00c3\u00a9", None)),
        (b"a\xc3", None, True, ("a", None)),
        (b"a\xc3", None, False, ("YcM=", "base64")),
        (b"a\xff", None, True, ("Yf8=", "base64")),
        (b"abc", "no such charset", False, ("YWJj", "base64")),
        (b"abc", "hex", False, ("YWJj", "base64")),
        (b"a\0", "utf-16-le", False, ("a", None)),
        (b"", None, False, ("", None)),
    ],
)
def test_the_text_of_a_body(data, charset, cut, result):
    assert text(data, charset, cut=cut) == result


RAW_DEFLATE = zlib.compressobj(wbits=-15)


RAW = RAW_DEFLATE.compress(b"hello") + RAW_DEFLATE.flush()


@pytest.mark.parametrize(
    ("data", "cut", "coding", "result"),
    [
        (b"hello", False, "", (b"hello", False)),
        (b"hello", True, "identity", (b"hello", True)),
        (gzip.compress(b"hello"), False, "gzip", (b"hello", False)),
        (gzip.compress(b"hello"), False, " X-GZip ", (b"hello", False)),
        (gzip.compress(b"hel") + gzip.compress(b"lo"), False, "gzip", (b"hello", False)),
        (gzip.compress(b"hello") + b"rest", False, "gzip", (b"hello", True)),
        (gzip.compress(b""), False, "gzip", (b"", False)),
        (zlib.compress(b"hello"), False, "deflate", (b"hello", False)),
        (RAW, False, "deflate", (b"hello", False)),
        (gzip.compress(b"x" * 100), False, "gzip", (b"x" * 10, True)),
        (gzip.compress(b"hello")[:-9], True, "gzip", (b"hello", True)),
        (b"hello", False, "gzip", (None, True)),
        (b"hello", False, "br", (None, True)),
        (b"", False, "br", (b"", False)),
        (b"hello", False, "gzip, gzip", (None, True)),
        (b"x" * 11, False, "", (b"x" * 10, True)),
    ],
)
def test_decompression_stops_at_the_limit(data, cut, coding, result):
    assert decompressed(Body([data], len(data), cut=cut), coding, 10) == result
