"""Headers, as text of CGI or as bytes of ASGI."""

from __future__ import annotations

import pytest

from akita_capture import headers

pytestmark = pytest.mark.any_django


@pytest.mark.parametrize(
    ("raw", "header"),
    [
        (("HTTP_USER_AGENT", "x"), ("User-Agent", "x")),
        (("CONTENT_TYPE", "text/plain"), ("Content-Type", "text/plain")),
        (("HTTP_X_HTTP_METHOD", "PUT"), ("X-Http-Method", "PUT")),
        ((b"x-odd", b"a:b\xff"), ("X-Odd", "a:b\u00ff")),
    ],
)
def test_a_request_s_header_gets_its_usual_name(raw, header):
    assert headers.of_request([raw]) == [header]


def test_a_response_s_headers_keep_their_names():
    raw = [("ETag", "x"), (b"content-type", b"text/plain"), ("Age", 5)]

    assert headers.of_response(raw) == [("ETag", "x"), ("content-type", "text/plain"), ("Age", "5")]


@pytest.mark.parametrize(
    ("raw", "length"),
    [
        ([], -1),
        ([("X", "1"), ("Content-Length", "12")], 12),
        ([(b"content-length", b"12")], 12),
        ([("Content-Length", "-1")], -1),
        ([("Content-Length", "")], -1),
        ([("Content-Length", "\u0661")], -1),
    ],
)
def test_the_announced_length(raw, length):
    assert headers.content_length(raw) == length
