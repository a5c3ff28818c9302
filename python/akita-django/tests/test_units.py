"""The pure parts: settings, bodies, forms, traces, back-off, the queue, HAR files."""

from __future__ import annotations

import dataclasses
import gzip
import json
import subprocess
import sys
import zlib

import pytest

from akita_capture import Body, Exchange, FormField, Trace
from akita_capture.backlog import Backlog
from akita_capture.backoff import Backoff
from akita_capture.config import Address, ConfigError, parse_address
from akita_capture.forms import fields
from akita_capture.har import entry
from akita_capture.harfile import HarFile
from akita_capture.media import decompressed, text
from akita_capture.tee import Tee
from akita_django.routes import converters

pytestmark = pytest.mark.any_django


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("localhost", "localhost", 50080),
        ("localhost:1", "localhost", 1),
        ("10.0.0.1:65535", "10.0.0.1", 65535),
        ("[::1]:50081", "::1", 50081),
        ("[::1]", "::1", 50080),
    ],
)
def test_an_address(address, host, port):
    assert parse_address(address) == Address(host, port)
    assert parse_address(str(Address(host, port))) == Address(host, port)


def test_the_address_of_a_unix_socket():
    address = parse_address("unix:/run/akita/daemon.sock")

    assert address.path == "/run/akita/daemon.sock"
    assert str(address) == "unix:/run/akita/daemon.sock"


@pytest.mark.parametrize(
    "address",
    [
        *("", ":50080", "a:b", "a:0", "a:65536", "a:", "http://a:1", "::1", "a b", "a:1/"),
        *("unix:", "unix:daemon.sock", None, 50080),
    ],
)
def test_what_is_no_address(address):
    with pytest.raises(ConfigError, match=r"of the form|port outside"):
        parse_address(address)


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


MULTIPART = "multipart/form-data; boundary=B"
END = b"--B--"
FIELD_A = b'Content-Disposition: form-data; name="a"'


def part(*lines):
    return b"\r\n".join((b"--B", *lines, b""))


@pytest.mark.parametrize(
    ("header", "data", "names"),
    [
        ("application/x-www-form-urlencoded", b"a=1&b&c=%ff", ["a", "b", "c"]),
        (MULTIPART, part(FIELD_A, b"", b"1") + END, ["a"]),
        (
            'multipart/form-data; boundary="B"',
            part(b"Content-Disposition: form-data; name=a", b"", b"1") + END,
            ["a"],
        ),
        (MULTIPART, part(FIELD_A, b"", b"is cut he"), ["a"]),
        (MULTIPART, part(b"Content-Disposition: form-data; na"), []),
        (MULTIPART, part(b"X: y", b"", b"no name") + END, []),
        (MULTIPART, b"nothing of the kind", []),
        ("multipart/form-data", b"--B", None),
        ("text/plain", b"a=1", None),
    ],
)
def test_the_fields_of_a_form(header, data, names):
    found = fields(data, header)

    assert found == names or (found is not None and [f.name for f in found[0]] == names)
    assert found is None or not found[1]


def named_parts(n):
    return part(FIELD_A, b"", b"1") * n + END


@pytest.mark.parametrize(
    ("header", "data", "n", "more"),
    [
        ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 1000), 1000, False),
        ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 1001), 1000, True),
        (MULTIPART, named_parts(1000), 1000, False),
        (MULTIPART, named_parts(1001), 1000, True),
        (MULTIPART, part(FIELD_A, b"", b"1") * 5000, 1000, True),
    ],
)
def test_the_fields_of_a_form_are_bounded(header, data, n, more):
    found, has_more = fields(data, header)

    assert (len(found), has_more) == (n, more)


def test_a_file_s_name_with_encoded_letters():
    header = b"Content-Disposition: form-data; name=\"f\"; filename*=UTF-8''%C3%A9.txt"

    ((field,), _) = fields(part(header, b"", b"x") + END, MULTIPART)

    assert (field.file_name, field.value) == ("\u00e9.txt", None)


@pytest.mark.parametrize(
    ("data", "rate"),
    [
        ({"sampling_rate": 0.25}, 0.25),
        ({"sampling_rate": 7}, 1.0),
        ({"sampling_rate": "x"}, 1.0),
        ({"sampling_rate": True}, 1.0),
        ({}, 1.0),
    ],
)
def test_a_trace(data, rate):
    trace = Trace.from_json({"trace_id": "lrn_1", "trace_name": "panda", "new": 1, **data})

    assert (str(trace), trace.sampling_rate) == ("panda (lrn_1)", rate)


@pytest.mark.parametrize(
    "data", [None, [], "x", {}, {"trace_id": "", "trace_name": "x"}, {"trace_id": 1}]
)
def test_what_is_no_trace(data):
    with pytest.raises(ValueError, match="a trace"):
        Trace.from_json(data)


def test_backoff_doubles_up_to_its_bound_and_obeys():
    backoff = Backoff(1, 4)

    delays = [backoff.next() for _ in range(5)]

    assert all(bound / 2 <= delay <= bound for delay, bound in zip(delays, [1, 2, 4, 4, 4]))
    assert backoff.next(at_least=30) == 30
    backoff.reset()
    assert backoff.next() <= 1


def test_the_backlog_is_bounded_in_items_and_in_bytes():
    backlog = Backlog(2, 10)

    assert [backlog.put(item, 6) for item in "ab"] == [True, False]
    assert backlog.put("c", 4)
    assert not backlog.put("d", 0), "two are enough"
    backlog.put_always("e")
    assert [backlog.get(block=False) for _ in range(4)] == ["a", "c", "e", None]
    assert backlog.put("alone it may be larger", 11)


@pytest.mark.parametrize(
    ("route", "result"),
    [
        ("", {}),
        ("a/<int:pk>/<name>/", {"pk": "int", "name": "str"}),
        (r"^a/(?P<pk>[0-9]+)/<yyyy:year>/$", {"year": "yyyy"}),
    ],
)
def test_converters(route, result):
    assert dict(converters(route)) == result


class Stream:
    """A stream that ends, moves and breaks as asked."""

    def __init__(self, data):
        import io

        self.inner = io.BytesIO(data)

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def __next__(self):
        return next(self.inner)


@pytest.mark.parametrize(
    ("reads", "expected", "kept", "cut"),
    [
        (["read()"], 10, b"01234567", True),
        (["read(3)", "read(3)"], 6, b"012345", False),
        (["read(3)"], 6, b"012", True),
        (["read(3)", "seek(0)", "read(5)"], 5, b"01234", False),
        (["seek(0, 2)", "seek(0)", "read(4)"], 4, b"0123", False),
        (["seek(5)", "read()"], 10, b"", True),
        (["readline()"], 10, b"01234567", True),
        (["__next__()"], 10, b"01234567", True),
        (["read(4)"], -1, b"0123", True),
        ([], -1, b"", True),
    ],
)
def test_the_tee_keeps_the_beginning_of_what_others_read(reads, expected, kept, cut):
    tee = Tee(Stream(b"0123456789"), limit=8)

    for read in reads:
        eval(f"tee.{read}", {"tee": tee})

    body = tee.seen(expected)
    assert (b"".join(body.chunks), body.cut) == (kept, cut)


def test_the_tee_sees_the_end_where_no_length_is_announced():
    tee = Tee(Stream(b"0123"), limit=8)

    assert (tee.read(3), tee.read(3), tee.read(3)) == (b"012", b"3", b"")

    assert tee.seen(-1) == Body([b"012", b"3"], 4, cut=False)
    assert not hasattr(tee, "fileno_of_nothing")


class Forward:
    """A stream of a server that cannot say where it is, or not even move."""

    def read(self, size=-1):
        return b"0123"[: max(size, 0)]


class Blind(Forward):
    def seek(self, offset):
        return None


def test_the_tee_can_do_what_its_stream_can():
    assert not hasattr(Tee(Forward(), limit=8), "seek")
    with pytest.raises(TypeError, match="not an iterator"):
        next(Tee(Forward(), limit=8))

    tee = Tee(Blind(), limit=8)

    assert tee.read(2) == b"01"
    assert tee.seek(0) is None  # nothing is raised for want of tell()
    assert tee.read(2) == b"01"
    assert tee.seen(4) == Body([b"01"], 4, cut=True)


def test_the_footprint_of_a_call_holds_its_bodies_and_its_form():
    small, body = Exchange((), 0.0, "POST", "http", "h", "/", "", "HTTP/1.1", (), None), b"x" * 1000
    answered = dataclasses.replace(small, response_body=Body([body], 1000))
    sent = dataclasses.replace(small, request_body=Body([body], 1000))
    parsed = dataclasses.replace(
        small,
        request_body=Body(size=1000),
        form=[FormField("title", "x" * 1000), FormField("file", None, "a.bin")],
    )

    assert {e.footprint() - small.footprint() for e in (answered, sent, parsed)} == {1000}


def test_capture_needs_no_django():
    script = "import sys; sys.modules.update(django=None, asgiref=None); import akita_capture"

    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def har_entry(path):
    return entry(Exchange((), 0.0, "GET", "http", "h", path, "", "HTTP/1.1", (), None), 10)


def test_a_har_file_is_whole_after_each_call(tmp_path):
    path = tmp_path / "a.har"
    path.write_text("left by an earlier run")
    one, other = HarFile(path), HarFile(path)

    for n, file in enumerate([one, other, one], 1):
        file.add(har_entry(f"/{n}/\ud800"))
        log = json.loads(path.read_text(encoding="utf-8"))["log"]
        assert [e["request"]["url"] for e in log["entries"]] == [
            f"http://h/{i}/%3F" for i in range(1, n + 1)
        ]
    assert log["version"] == "1.2"
    assert log["creator"]["name"] == "akita-django"


def test_a_har_file_that_cannot_be_written(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        HarFile(tmp_path / "nowhere" / "a.har")
