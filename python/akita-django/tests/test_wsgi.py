"""Any WSGI application is captured, and answers as it does without the wrapper."""

from __future__ import annotations

import functools
import gc
import warnings
from collections import Counter
from wsgiref.util import FileWrapper
from wsgiref.validate import validator

import plain_wsgi
import pytest
from bodies import ADDRESS, BODIES, MULTIPART
from drive import serve
from drive import wsgi_entry as entry

from akita_capture import AkitaWSGI, recorders

pytestmark = pytest.mark.any_django


CALLS = [
    *(("GET", f"/{name}") for name in plain_wsgi.APPS),
    *(("HEAD", f"/{name}") for name in ("a_list", "a_generator", "events")),
    *(
        ("POST", f"/{name}", *body)
        for name in ("read_all", "read_some", "read_lines", "read_line", "iterated", "read_into")
        for body in BODIES.values()
    ),
    *(("POST", f"/{name}", b"0123456789", "text/plain") for name in ("unread", "read_late", "has")),
]
FLASK_CALLS = [
    *(("GET", path) for path in ("/users/7", "/users/x", "/nowhere", "/stream", "/file", "/error")),
    *(("PUT", "/users/7", *body) for body in BODIES.values()),
    *(("POST", "/upload", *body) for body in BODIES.values()),
    ("DELETE", "/users/7"),
    ("GET", "/shops/a/items/old/en"),
]


@pytest.fixture
def wrapped(wrap):
    """Wrap an application, with a trace on."""
    return functools.partial(wrap, AkitaWSGI)


def outcome(application, calls, file_wrapper):
    plain_wsgi.Sized.closes = 0
    gc.collect()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        answers = [serve(application, *call, file_wrapper=file_wrapper) for call in calls]
        gc.collect()
    warned = Counter((w.category, ADDRESS.sub("", str(w.message))) for w in caught)
    return answers, warned, plain_wsgi.Sized.closes


def c_file_wrapper(file, size=8192):
    """A wrapper that is a function and returns the file, like uWSGI's."""
    return file


@pytest.mark.parametrize(
    ("daemon_is", "file_wrapper"),
    [
        *((state, FileWrapper) for state in ("up", "down", "hanging", "answering garbage")),
        ("up", c_file_wrapper),
        ("up", None),
    ],
)
@pytest.mark.parametrize(
    ("application", "calls"),
    [(plain_wsgi.application, CALLS), (plain_wsgi.flask.wsgi_app, FLASK_CALLS)],
    ids=["plain", "flask"],
)
def test_the_application_answers_the_same(
    daemon, wrapped, application, calls, daemon_is, file_wrapper
):
    expected = outcome(application, calls, file_wrapper)
    app = wrapped(application)
    if daemon_is == "down":
        daemon.stop()
    daemon.set(mode={"hanging": "hang", "answering garbage": "garbage"}.get(daemon_is, "good"))

    actual = outcome(app, calls, file_wrapper)

    for call, (one, errors), (other, more) in zip(calls, expected[0], actual[0]):
        assert one == other, call
        # The last line is the exception. The traceback above it has our own frames.
        assert errors[-1:] == more[-1:], call
    assert expected[1:] == actual[1:]
    seen = recorders.stats()
    assert seen["captured"] + seen["dropped_queue_full"] == len(calls)
    assert seen["dropped_error"] == 0


def test_the_standard_is_kept(wrapped):
    """The standard library's validator checks both sides of the wrapper."""
    for name in ("a_list", "a_generator", "nothing", "written", "started_twice"):
        app = validator(wrapped(validator(plain_wsgi.APPS[name])))
        out, errors = serve(app, "GET", "/x", SCRIPT_NAME="")
        assert errors == []
        assert out.startswith(b"HTTP/1.1 ")


ANSWERS = [
    # application, status, text, whether it is cut off, whether it is streamed
    ("a_list", 200, "alist", False, False),
    ("one_chunk", 200, "whole", False, False),
    ("a_tuple", 201, "tuple", False, False),
    ("a_generator", 200, "generator", False, True),
    ("nothing", 204, "", False, False),
    ("sized", 200, "one chunk", False, True),
    ("written", 200, "written, then returned", False, False),
    ("started_twice", 500, "error page", False, False),
    ("started_too_late", 200, "begun", True, True),
    ("raises", 500, "", True, True),
    ("raises_after_start", 500, "", True, True),
    ("raises_in_the_middle", 200, "one", True, True),
    ("a_file", 200, "", True, False),
    ("big", 200, "x" * (1 << 20), True, True),
    ("events", 200, 'data: {"n": 0}\n\ndata: {"n": 1}\n\ndata: {"n": 2}\n\n', False, True),
]


@pytest.mark.parametrize(("name", "status", "text", "cut", "streamed"), ANSWERS)
def test_a_response_is_captured(daemon, wrapped, name, status, text, cut, streamed):
    seen = entry(daemon, wrapped(plain_wsgi.APPS[name]), "GET", "/x%y/\u00c3\u00a9")

    assert seen["request"]["url"] == "http://testserver/x%25y/%C3%A9?q=1"
    assert seen["response"]["status"] == status
    assert seen["response"]["content"]["text"] == text
    assert seen["_akita"]["response_cut"] is cut
    assert seen["_akita"]["streamed"] is streamed
    assert ("ttfb_ms" in seen["_akita"]) is (streamed and bool(text))


@pytest.mark.parametrize(
    ("name", "text", "cut"),
    [
        ("read_all", "0123\n56789", False),
        ("read_into", "0123\n56789", False),
        ("read_lines", "0123\n56789", False),
        ("iterated", "0123\n56789", False),
        ("read_late", "0123\n56789", False),
        ("read_some", "0123", True),
        ("read_line", "0123\n", True),
        ("unread", None, True),
    ],
)
def test_a_request_body_is_captured_as_far_as_it_is_read(daemon, wrapped, name, text, cut):
    app = wrapped(plain_wsgi.APPS[name])

    seen = entry(daemon, app, "POST", "/", b"0123\n56789", "text/plain; charset=utf-8")

    assert seen["request"]["postData"]["mimeType"] == "text/plain; charset=utf-8"
    assert seen["request"]["postData"].get("text") == text
    assert seen["_akita"]["request_cut"] is cut
    assert seen["request"]["bodySize"] == 10


def test_a_form_with_a_file(daemon, wrapped):
    content_type = "multipart/form-data; boundary=B"

    seen = entry(
        daemon, wrapped(plain_wsgi.flask.wsgi_app), "POST", "/upload", MULTIPART, content_type
    )

    params = seen["request"]["postData"]["params"]
    assert [(p["name"], p.get("fileName")) for p in params] == [("title", None), ("f", "a.bin")]


def test_an_application_that_is_wrapped_twice_is_captured_once(daemon, wrapped):
    app = wrapped(wrapped(plain_wsgi.application))

    serve(app, "GET", "/a_list")
    serve(app, "GET", "/a_generator")

    assert len(daemon.wait_events(2)) == 2
    assert recorders.stats()["captured"] == 2


def test_an_excluded_path_is_not_captured(daemon, wrapped):
    app = wrapped(plain_wsgi.application, exclude_paths=["/a_list"])
    serve(app, "GET", "/a_list")
    serve(app, "GET", "/a_tuple")

    assert [e["response"]["status"] for e in daemon.wait_events(1)] == [201]
    assert recorders.stats()["excluded"] == 1


def test_an_excluded_path_that_is_not_ascii(daemon, wrapped):
    """WSGI holds a path's bytes as Latin-1 text."""
    app = wrapped(plain_wsgi.a_list, exclude_paths=["/prüfung"])

    for path in ("/prüfung", "/kür"):
        serve(app, "GET", path.encode().decode("latin-1"))

    (seen,) = daemon.wait_events(1)
    assert seen["request"]["url"] == "http://testserver/k%C3%BCr?q=1"
    assert recorders.stats()["excluded"] == 1


def test_an_error_on_close_reaches_the_server(daemon, wrapped):
    class Body(plain_wsgi.Sized):
        def close(self):
            raise RuntimeError("on close")

    result = wrapped(lambda environ, start: Body([b"x"]))({"REQUEST_METHOD": "GET"}, None)

    assert list(result) == [b"x"]
    with pytest.raises(RuntimeError, match="on close"):
        result.close()
    assert daemon.wait_events(1)[0]["response"]["status"] == 500, "it was never started"


@pytest.mark.parametrize("leave", ["close", "forget"])
def test_a_client_that_disconnects_during_the_response(daemon, wrapped, leave):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_HOST": "h"}
    result = wrapped(plain_wsgi.events)(environ, lambda status, headers: None)
    assert next(iter(result)).startswith(b"data")
    if leave == "close":
        result.close()
    del result
    gc.collect()

    (seen,) = daemon.wait_events(1)
    assert seen["response"]["status"] == 200
    assert seen["_akita"]["response_cut"] is True
