"""Any WSGI application is seen, and answers as it does without us."""

from __future__ import annotations

import gc
import io
import re
import warnings
from collections import Counter
from wsgiref.handlers import SimpleHandler
from wsgiref.util import FileWrapper, setup_testing_defaults
from wsgiref.validate import validator

import plain_wsgi
import pytest
from test_differential import ADDRESS, BODIES, MULTIPART

from akita_capture import AkitaWSGI, recorders

pytestmark = pytest.mark.any_django

DATE = re.compile(rb"Date: [^\r]+\r\n")


class Handler(SimpleHandler):
    """The standard library's server, but for the date."""

    def send_preamble(self):
        self.stdout.write(f"HTTP/1.1 {self.status}\r\n".encode())

    def result_is_file(self):
        return isinstance(self.wsgi_file_wrapper, type) and super().result_is_file()


def serve(application, method, path, body=b"", content_type="", file_wrapper=FileWrapper, **more):
    """Give the very bytes that a server writes, and the errors that it reports."""
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "q=1"}
    setup_testing_defaults(environ)
    environ.update(HTTP_HOST="testserver", SERVER_PROTOCOL="HTTP/1.1", **more)
    if body:
        environ.update(CONTENT_LENGTH=str(len(body)), CONTENT_TYPE=content_type)
    out, err = io.BytesIO(), io.StringIO()
    handler = Handler(io.BytesIO(body), out, err, environ, multithread=False)
    handler.wsgi_file_wrapper = file_wrapper
    handler.run(application)
    errors = [line for line in err.getvalue().splitlines() if not line.startswith(" ")]
    return DATE.sub(b"", out.getvalue()), errors


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


def outcome(application, calls, file_wrapper):
    plain_wsgi.Sized.closes = 0
    gc.collect()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        answers = [serve(application, *call, file_wrapper=file_wrapper) for call in calls]
        gc.collect()
    warned = Counter((w.category, ADDRESS.sub("", str(w.message))) for w in caught)
    return answers, warned, plain_wsgi.Sized.closes


@pytest.fixture
def wrapped(daemon, no_flush):
    """Wrap an application, with a trace on."""

    def wrap(application, **settings):
        daemon.activate()
        app = AkitaWSGI(application, "demo", daemon_host=daemon.address, **settings)
        daemon.wait_active()
        return app

    yield wrap
    recorders.stop_all()


def c_file_wrapper(file, size=8192):
    """A wrapper that is no class and gives back the file, as uWSGI's does."""
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

    for call, (one, said), (other, also_said) in zip(calls, expected[0], actual[0]):
        assert one == other, call
        # The last line is the exception; those between, the way to it, which we are on.
        assert said[-1:] == also_said[-1:], call
    assert expected[1:] == actual[1:]
    seen = recorders.stats()
    assert seen["captured"] + seen["dropped_queue_full"] == len(calls)
    assert seen["dropped_error"] == 0


def test_it_keeps_to_the_standard(wrapped):
    """By the standard library's validator, on both sides of us."""
    for name in ("a_list", "a_generator", "nothing", "written", "started_twice"):
        app = validator(wrapped(validator(plain_wsgi.APPS[name])))
        out, errors = serve(app, "GET", "/x", SCRIPT_NAME="")
        assert errors == []
        assert out.startswith(b"HTTP/1.1 ")


def entry(daemon, app, *call, **more):
    before = len(daemon.events())
    serve(app, *call, **more)
    return daemon.wait_events(before + 1)[before]


ANSWERS = [
    # application, status, text, whether it is cut, whether it is a stream
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
def test_an_answer_is_seen(daemon, wrapped, name, status, text, cut, streamed):
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
def test_a_request_body_is_seen_as_it_is_read(daemon, wrapped, name, text, cut):
    app = wrapped(plain_wsgi.APPS[name])

    seen = entry(daemon, app, "POST", "/", b"0123\n56789", "text/plain; charset=utf-8")

    assert seen["request"]["postData"]["mimeType"] == "text/plain; charset=utf-8"
    assert seen["request"]["postData"].get("text") == text
    assert seen["_akita"]["request_cut"] is cut
    assert seen["request"]["bodySize"] == 10


@pytest.mark.parametrize(
    ("method", "path", "known"),
    [
        (
            "GET",
            "/users/7",
            {"route": "/users/<int:pk>", "converters": {"pk": "int"}, "view": "user"},
        ),
        (
            "GET",
            "/shops/a/items/old/en",
            {
                "route": "/shops/<shop>/items/<any(new, old):age>/<string(length=2):lang>",
                "converters": {"shop": "string", "age": "any", "lang": "string"},
                "view": "shops.items",
            },
        ),
        ("GET", "/error", {"route": "/error", "converters": {}, "view": "error"}),
        ("GET", "/stream", {"route": "/stream", "converters": {}, "view": "stream"}),
        ("GET", "/nowhere", {"route": None}),
        ("DELETE", "/users/7", {}),
    ],
)
def test_flask_knows_the_route(daemon, wrapped, method, path, known):
    akita = entry(daemon, wrapped(plain_wsgi.flask.wsgi_app), method, path)["_akita"]

    assert {k: akita[k] for k in ("route", "converters", "view") if k in akita} == known


def test_a_mounted_application_does_not_know_its_whole_route(daemon, wrapped):
    from werkzeug.middleware.dispatcher import DispatcherMiddleware

    app = wrapped(DispatcherMiddleware(plain_wsgi.application, {"/api": plain_wsgi.flask.wsgi_app}))

    seen = entry(daemon, app, "GET", "/api/users/7")

    assert seen["request"]["url"] == "http://testserver/api/users/7?q=1"
    assert "route" not in seen["_akita"]


def test_a_form_with_a_file(daemon, wrapped):
    content_type = "multipart/form-data; boundary=B"

    seen = entry(
        daemon, wrapped(plain_wsgi.flask.wsgi_app), "POST", "/upload", MULTIPART, content_type
    )

    params = seen["request"]["postData"]["params"]
    assert [(p["name"], p.get("fileName")) for p in params] == [("title", None), ("f", "a.bin")]


def test_paths_and_sampling(daemon, wrapped):
    app = wrapped(plain_wsgi.application, exclude_paths=["/a_list"])
    serve(app, "GET", "/a_list")
    serve(app, "GET", "/a_tuple")

    assert [e["response"]["status"] for e in daemon.wait_events(1)] == [201]
    assert recorders.stats()["excluded"] == 1


def test_a_path_that_is_not_ascii_is_excluded_as_it_is_written(daemon, wrapped):
    """WSGI holds a path's bytes as text of Latin-1."""
    app = wrapped(plain_wsgi.a_list, exclude_paths=["/prüfung"])

    for path in ("/prüfung", "/kür"):
        serve(app, "GET", path.encode().decode("latin-1"))

    (seen,) = daemon.wait_events(1)
    assert seen["request"]["url"] == "http://testserver/k%C3%BCr?q=1"
    assert recorders.stats()["excluded"] == 1


def test_settings_come_from_arguments_and_then_from_the_environment(daemon, monkeypatch):
    monkeypatch.setenv("AKITA_SERVICE_NAME", "DEMO")
    monkeypatch.setenv("AKITA_MIDDLEWARE_NAME", "from the environment")
    AkitaWSGI(plain_wsgi.application, middleware_name="argument", daemon_host=daemon.address)

    daemon.wait_registered()
    assert daemon.polls[0]["client_name"] == "argument"
    recorders.stop_all()


@pytest.mark.parametrize(
    ("settings", "said"),
    [({}, "AKITA_SERVICE_NAME is not set"), ({"daemon_host": "http://x"}, "AKITA_DAEMON_HOST")],
)
def test_wrong_settings_are_told_and_the_application_runs_on(caplog, monkeypatch, settings, said):
    monkeypatch.delenv("AKITA_SERVICE_NAME", raising=False)

    app = AkitaWSGI(plain_wsgi.application, **settings)

    assert serve(app, "GET", "/a_list")[0].endswith(b"alist")
    assert said in caplog.text


def test_a_setting_that_there_is_not():
    with pytest.raises(TypeError, match=r"no such settings: deamon_host; there are .*daemon_host"):
        AkitaWSGI(plain_wsgi.application, deamon_host="x")


def test_switched_off_it_is_silent(caplog):
    app = AkitaWSGI(plain_wsgi.application, enabled=False)

    assert serve(app, "GET", "/a_list")[0].endswith(b"alist")
    assert caplog.text == ""


def test_an_error_on_close_is_the_server_s_to_see(daemon, wrapped):
    class Body(plain_wsgi.Sized):
        def close(self):
            raise RuntimeError("on close")

    result = wrapped(lambda environ, start: Body([b"x"]))({"REQUEST_METHOD": "GET"}, None)

    assert list(result) == [b"x"]
    with pytest.raises(RuntimeError, match="on close"):
        result.close()
    assert daemon.wait_events(1)[0]["response"]["status"] == 500, "it was never begun"


@pytest.mark.parametrize("leave", ["close", "forget"])
def test_a_client_that_goes_away_in_the_middle(daemon, wrapped, leave):
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
