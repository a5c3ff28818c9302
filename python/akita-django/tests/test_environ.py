"""Requests as CGI-like environments describe them."""

from __future__ import annotations

import pytest

from akita_capture import environ

pytestmark = pytest.mark.any_django


def test_only_the_client_s_headers_are_headers():
    given = {
        "HTTP_X_COLON": "a:b",
        "CONTENT_TYPE": "text/plain",
        "CONTENT_LENGTH": "",
        "HTTP_EMPTY": "",
        "HTTP_ODD": 5,
        "SERVER_NAME": "x",
        "wsgi.input": None,
    }

    assert environ.headers(given) == [
        ("HTTP_X_COLON", "a:b"),
        ("CONTENT_TYPE", "text/plain"),
        ("HTTP_EMPTY", ""),
    ]


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({}, ""),
        ({"PATH_INFO": "/a"}, "/a"),
        ({"SCRIPT_NAME": "/api", "PATH_INFO": "/a"}, "/api/a"),
        ({"PATH_INFO": "/\u00c3\u00a9"}, "/\u00e9"),
        ({"PATH_INFO": "/\u00e9"}, "/\ufffd"),
    ],
)
def test_a_path_is_decoded(given, path):
    assert environ.path(given) == path


@pytest.mark.parametrize(
    ("given", "scheme", "host"),
    [
        ({"HTTP_HOST": "shop.example:8000", "SERVER_NAME": "x"}, "http", "shop.example:8000"),
        ({"HTTP_HOST": "bad host!"}, "http", "bad host!"),
        ({"SERVER_NAME": "x", "SERVER_PORT": "80"}, "http", "x"),
        ({"SERVER_NAME": "x", "SERVER_PORT": "80"}, "https", "x:80"),
        ({"SERVER_NAME": "x", "SERVER_PORT": "443"}, "https", "x"),
        ({"SERVER_NAME": "x"}, "http", "x"),
        ({}, "http", "unknown"),
    ],
)
def test_the_host_is_the_client_s(given, scheme, host):
    assert environ.host(given, scheme) == host


@pytest.mark.parametrize(
    ("given", "size"),
    [
        ({}, 0),
        ({"CONTENT_LENGTH": ""}, 0),
        ({"CONTENT_LENGTH": "12"}, 12),
        ({"CONTENT_LENGTH": "-1"}, 0),
        ({"CONTENT_LENGTH": "x"}, 0),
        ({"HTTP_TRANSFER_ENCODING": "gzip, chunked"}, -1),
    ],
)
def test_the_announced_size_of_a_body(given, size):
    assert environ.expected_size(given) == size
