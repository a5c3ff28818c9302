"""Bodies become text: charsets and compression."""

from __future__ import annotations

import gzip
import zlib

import pytest

from akita_capture import Body
from akita_capture.media import decompressed, is_encoded, text

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
        (b"hello", False, "gzip", (b"hello", False)),
        (b"hello", False, "deflate", (b"hello", False)),
        (b"hello", False, "br", (b"hello", False)),
        (b"\x0b\x02\x80hello\x03", False, "br", (b"\x0b\x02\x80hello\x03", False)),
        (b"\x0b\x02\x80hello\x03", True, "br", (None, True)),
        (b"\x0b\x02\x80hello\x03hello", False, "br", (None, True)),
        (b"", False, "br", (b"", False)),
        (b"hello", False, "gzip, gzip", (b"hello", False)),
        (gzip.compress(b"hello")[:9], True, "gzip", (None, True)),
        (gzip.compress(b"hello")[:9], False, "gzip", (gzip.compress(b"hello")[:9], False)),
        (b"x" * 11, False, "", (b"x" * 10, True)),
        (b"x" * 11, False, "br", (b"x" * 10, True)),
    ],
)
def test_decompression_stops_at_the_limit(data, cut, coding, result):
    assert decompressed(Body([data], len(data), cut=cut), coding, 10) == result


@pytest.mark.parametrize(
    ("data", "coding", "encoded"),
    [
        (b"hello", "", False),
        (b"hello", "br", False),
        (b"{\r\n\t}", "gzip", False),
        (b"\x0b\x02\x80hello", "br", True),
        (b"\x0b\x02\x80hello", "", False),
        (b"\x0b\x02\x80hello", "identity", False),
        (gzip.compress(b"hello"), "", True),
        (b"\x28\xb5\x2f\xfd\x04", "", True),
        ("\u00e9".encode(), "br", False),
        (b"", "br", False),
    ],
)
def test_what_is_left_encoded(data, coding, encoded):
    assert is_encoded(data, coding) is encoded
