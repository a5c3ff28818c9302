"""What the HAR entry of a Django call contains."""

from __future__ import annotations

import asyncio
import base64
import gc
import gzip
import json
from wsgiref.util import FileWrapper

import apps
import pytest
from apps import Call
from bodies import MULTIPART
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory, override_settings

import akita_django
from akita_capture import recorders
from akita_django.middleware import AkitaMiddleware

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
FORM_DATA = "multipart/form-data; boundary=B"


@pytest.fixture(params=[apps.wsgi, apps.asgi])
def capture(request, traced, settings):
    """Make a call and return its entry."""
    settings.set(MIDDLEWARE=["akita_django.middleware.AkitaMiddleware"])

    def make(*args, **kwargs):
        before = len(traced.events())
        request.param(Call(*args, **kwargs))
        (entry,) = traced.wait_events(before + 1)[before:]
        return entry

    return make


def pairs(items):
    return [(item["name"], item.get("value")) for item in items]


def test_a_plain_call(capture):
    entry = capture(
        "GET",
        "/things/12/",
        query="q=a%20b&q=&x=1",
        headers={"Authorization": "Bearer a:b:c", "Cookie": "one=1; two=a=b"},
    )

    request, response = entry["request"], entry["response"]
    assert request["method"] == "GET"
    assert request["url"] == "http://testserver/things/12/?q=a%20b&q=&x=1"
    assert request["httpVersion"] == "HTTP/1.1"
    assert pairs(request["queryString"]) == [("q", "a b"), ("q", ""), ("x", "1")]
    assert ("Authorization", "Bearer a:b:c") in pairs(request["headers"])
    assert pairs(request["cookies"]) == [("one", "1"), ("two", "a=b")]
    assert "postData" not in request
    assert response["status"] == 200
    assert response["statusText"] == "OK"
    assert response["content"] == {"size": 10, "mimeType": JSON, "text": '{"pk": 12}'}
    assert entry["startedDateTime"].endswith("Z")
    assert entry["time"] > 0
    assert entry["timings"]["wait"] == entry["time"]
    assert entry["_akita"] == {
        "route": "things/<int:pk>/",
        "converters": {"pk": "int"},
        "view": "site_urls.Thing",
        "streamed": False,
        "request_cut": False,
        "response_cut": False,
    }


@pytest.mark.parametrize(
    ("path", "route", "converters", "view"),
    [
        ("/ok/", "ok/", {}, "site_urls.ok"),
        ("/async_ok/", "async_ok/", {}, "site_urls.async_ok"),
        (
            "/shops/abc/items/x/",
            "shops/<slug:shop>/items/<item>/",
            {"shop": "slug", "item": "str"},
            "site_urls.ok",
        ),
        (
            "/shops/abc/old/1999/",
            "shops/<slug:shop>/old/(?P<year>[0-9]{4})/$",
            {"shop": "slug"},
            "site_urls.ok",
        ),
        ("/partial/", "partial/", {}, "site_urls.ok"),
        ("/drf/users/", "drf/users/$", {}, "site_urls.UserViewSet.list"),
        ("/drf/users/7/", "drf/users/(?P<pk>[^/.]+)/$", {}, "site_urls.UserViewSet.retrieve"),
        ("/drf_function/", "drf_function/", {}, "site_urls.drf_function"),
        ("/made/", "made/", {}, "site_urls.made.<locals>.view"),
        ("/things/none/", None, None, None),
        ("/not_found/", "not_found/", {}, "site_urls.not_found"),
        ("/error/", "error/", {}, "site_urls.error"),
    ],
)
def test_route_converters_and_view(capture, path, route, converters, view):
    akita = capture("GET", path)["_akita"]

    assert (akita["route"], akita.get("converters"), akita.get("view")) == (route, converters, view)


class Refuse:
    """A middleware that answers before Django resolves the route."""

    def __init__(self, get_response):
        """Take Django's argument."""

    def __call__(self, request):
        return HttpResponse(status=401)


def test_the_route_is_known_if_a_middleware_answers(traced, settings):
    settings.set(MIDDLEWARE=["akita_django.middleware.AkitaMiddleware", "test_observation.Refuse"])

    assert apps.wsgi(Call("GET", "/things/12/")).status == 401

    (entry,) = traced.wait_events(1)
    assert entry["_akita"]["route"] == "things/<int:pk>/"


@pytest.mark.parametrize(
    ("path", "body", "content_type", "text"),
    [
        ("/read_body/", b'{"a": "\xc3\xa9"}', JSON, '{"a": "\u00e9"}'),
        ("/read_stream/", b"0123456789" * 5, "text/plain", "0123456789" * 5),
        ("/read_lines/", b"a\nb\nc", "text/plain", "a\nb\nc"),
        ("/read_body/", b"h\xe9", "text/plain; charset=latin-1", "h\u00e9"),
        ("/drf/users/", b'{"name": "x"}', JSON, '{"name": "x"}'),
        ("/drf_function/", b'{"name": "x"}', "application/json; charset=utf-8", '{"name": "x"}'),
        ("/drf/users/", b"{bad", JSON, "{bad"),
        ("/read_twice/", b"[1]", JSON, "[1]"),
    ],
)
def test_a_body_is_captured_if_the_view_reads_it(capture, path, body, content_type, text):
    entry = capture("POST", path, body, content_type)

    post = entry["request"]["postData"]
    assert (post["mimeType"], post["text"]) == (content_type, text)
    assert "encoding" not in post
    assert entry["request"]["bodySize"] == len(body)
    assert entry["_akita"]["request_cut"] is False


def test_a_binary_body_is_base64(capture):
    entry = capture("POST", "/read_body/", b"\xff\x00\xfe", "application/octet-stream")

    post, content = entry["request"]["postData"], entry["response"]["content"]
    assert (post["encoding"], base64.b64decode(post["text"])) == ("base64", b"\xff\x00\xfe")
    assert (content["encoding"], base64.b64decode(content["text"])) == ("base64", b"\xff\x00\xfe")


def test_a_compressed_request_body_is_read(capture):
    entry = capture(
        "POST",
        "/read_body/",
        gzip.compress(b'{"a": 1}'),
        JSON,
        headers={"Content-Encoding": "gzip"},
    )

    assert entry["request"]["postData"]["text"] == '{"a": 1}'


@pytest.mark.parametrize(
    ("method", "path", "body", "content_type", "params"),
    [
        ("POST", "/read_post/", b"a=1&b=%C3%A9&b=", FORM, [("a", "1"), ("b", "\u00e9"), ("b", "")]),
        ("PUT", "/read_body/", b"a=1&b=", FORM, [("a", "1"), ("b", "")]),
        ("POST", "/drf/users/", b"a=1&a=2", FORM, [("a", "1"), ("a", "2")]),
        ("PUT", "/drf/users/1/", b"a=1", FORM, [("a", "1")]),
        ("POST", "/read_twice/", b"a=1", FORM, [("a", "1")]),
        ("POST", "/read_post/", MULTIPART, FORM_DATA, [("title", "hello"), ("f", None)]),
        ("POST", "/read_body/", MULTIPART, FORM_DATA, [("title", "hello"), ("f", None)]),
        ("PUT", "/put_multipart/", MULTIPART, FORM_DATA, [("title", "hello"), ("f", None)]),
        ("POST", "/drf/users/", MULTIPART, FORM_DATA, [("title", "hello"), ("f", None)]),
        ("PUT", "/drf/users/1/", MULTIPART, FORM_DATA, [("title", "hello"), ("f", None)]),
    ],
)
def test_a_form_is_captured_if_the_view_reads_it(capture, method, path, body, content_type, params):
    entry = capture(method, path, body, content_type)

    post = entry["request"]["postData"]
    assert pairs(post["params"]) == params
    assert post["mimeType"] == content_type, "with its boundary"
    assert post["text"] == ""
    assert entry["_akita"]["request_cut"] is False
    files = [(p["fileName"], p["contentType"]) for p in post["params"] if "fileName" in p]
    assert files == ([("a.bin", "image/png")] if body is MULTIPART else [])
    assert "PNG" not in json.dumps(post), "no file contents"


@pytest.mark.parametrize("path", ["/read_post/", "/read_twice/", "/read_body/", "/drf/users/"])
@pytest.mark.parametrize("body", [b"hunter2", b"a=1&hunter2"])
def test_a_value_without_a_name_is_not_a_field(capture, path, body):
    entry = capture("POST", path, body, FORM)  # as `curl -d hunter2` sends it

    post = entry["request"]["postData"]
    assert [param["name"] for param in post["params"]] == (["a"] if b"a" in body else [])
    assert "hunter2" not in json.dumps(entry["request"])
    assert entry["_akita"]["request_cut"] is True


@pytest.mark.parametrize(
    ("path", "seen"), [("/unread/", None), ("/read_some/", "0123"), ("/read_post/", None)]
)
def test_a_body_that_the_view_does_not_read_is_not_read(capture, path, seen):
    entry = capture("POST", path, b"0123456789", "text/plain")

    assert entry["request"]["postData"].get("text") == seen
    assert entry["_akita"]["request_cut"] is True
    assert entry["request"]["bodySize"] == 10


def test_bodies_over_the_limit_are_cut_off(capture):
    entry = capture("POST", "/read_stream/", b"x" * (2 << 20), "text/plain")

    assert len(entry["request"]["postData"]["text"]) == 1 << 20
    assert len(entry["response"]["content"]["text"]) == 1 << 20
    assert entry["request"]["bodySize"] == entry["response"]["bodySize"] == 2 << 20
    assert entry["_akita"]["request_cut"] is True
    assert entry["_akita"]["response_cut"] is True


@pytest.mark.parametrize(
    ("path", "text", "cut"),
    [
        ("/latin1/", "h\u00e9", False),
        ("/strange_charset/", "YWJj", False),
        ("/gzipped/", '{"zip": 1}', False),
        ("/bad_gzip/", "no gzip", False),
        ("/brotli/", "CwKAYWJjAw==", False),
        ("/gzip_bomb/", " " * (1 << 20), True),
        ("/template/", "hi x", False),
        ("/no_content/", "", False),
        ("/not_modified/", "", False),
        ("/odd_status/", "teapot", False),
    ],
)
def test_the_text_of_a_response(capture, path, text, cut):
    entry = capture("GET", path)

    assert entry["response"]["content"].get("text") == text
    assert entry["_akita"]["response_cut"] is cut


@pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume:Warning")
@pytest.mark.parametrize("path", ["/ok/", "/stream/", "/gzipped/", "/file/"])
def test_head_has_no_body(capture, path):
    entry = capture("HEAD", path)

    assert entry["response"]["content"]["text"] == ""
    assert entry["response"]["bodySize"] == 0


def test_cookies_and_redirects(capture):
    response = capture("GET", "/cookies/")["response"]

    assert response["cookies"] == [
        {"name": "session", "value": "a:b", "path": "/x", "httpOnly": True, "secure": True}
    ]
    assert ("X-Colon", "a:b:c") in pairs(response["headers"])
    assert "Set-Cookie" in dict(pairs(response["headers"]))
    assert capture("GET", "/redirect/")["response"]["redirectURL"] == "/ok/"


@pytest.mark.parametrize("path", ["/error/", "/async_error/", "/no_response/"])
def test_a_view_that_raises_is_a_500(capture, path):
    assert capture("GET", path)["response"]["status"] == 500


def test_an_exception_that_reaches_the_server_is_a_500(traced, settings):
    settings.set(
        MIDDLEWARE=["akita_django.middleware.AkitaMiddleware"], DEBUG_PROPAGATE_EXCEPTIONS=True
    )

    with pytest.raises(RuntimeError, match="secret"):
        apps.wsgi(Call("GET", "/error/"))

    (entry,) = traced.wait_events(1)
    assert entry["response"]["status"] == 500
    assert entry["_akita"]["route"] == "error/"


STREAMS = [
    ("/stream/", "line 0\nline 1\nline 2\n", False),
    ("/stream_mixed/", "abc4", False),
    ("/stream_empty/", "", False),
    ("/stream_error/", "one", True),
    ("/stream_big/", "x" * (1 << 20), True),
    ("/stream_closing/", "a\nb\n", False),
    ("/stream_async/", "data: 0\n\ndata: 1\n\ndata: 2\n\n", False),
    ("/stream_async_error/", "one", True),
    ("/file/", "file contents", False),
]


@pytest.mark.parametrize(("path", "text", "cut"), STREAMS)
@pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume:Warning")
# Django leaves a request's body open if a response breaks off. It is collected here, so
# that the warning does not appear in another test.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_stream_is_captured(capture, path, text, cut):
    entry = capture("GET", path)
    gc.collect()

    akita = entry["_akita"]
    assert akita["streamed"] is True
    assert entry["response"]["content"]["text"] == text
    assert akita["response_cut"] is cut
    assert ("ttfb_ms" in akita) is bool(text)
    assert entry["timings"]["wait"] <= entry["time"]


def test_a_file_that_the_server_sends_itself(traced, settings):
    settings.set(MIDDLEWARE=["akita_django.middleware.AkitaMiddleware"])
    wrapped = []

    def wrapper(file, block_size):
        wrapped.append(file)
        return FileWrapper(file, block_size)

    assert apps.wsgi(Call("GET", "/file/"), file_wrapper=wrapper).body == b"file contents"

    assert wrapped, "the server sends the file"
    (entry,) = traced.wait_events(1)
    assert entry["_akita"]["response_cut"] is True
    assert entry["response"]["bodySize"] == len(b"file contents")


@pytest.mark.parametrize(
    ("headers", "url"),
    [
        ({"Host": "shop.example"}, "http://shop.example/ok/"),
        ({"Host": "shop.example:8000"}, "http://shop.example:8000/ok/"),
        ({"Host": "bad host!"}, "http://bad host!/ok/"),
    ],
)
def test_the_host_is_the_client_s(traced, settings, headers, url):
    settings.set(MIDDLEWARE=["akita_django.middleware.AkitaMiddleware"])

    apps.wsgi(Call("GET", "/ok/", headers=headers))

    assert traced.wait_events(1)[0]["request"]["url"] == url


@pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume:Warning")
def test_a_response_that_middleware_compressed(capture, settings):
    settings.set(
        MIDDLEWARE=[
            "akita_django.middleware.AkitaMiddleware",
            "django.middleware.gzip.GZipMiddleware",
        ]
    )

    entry = capture("GET", "/stream_async/", headers={"Accept-Encoding": "gzip"})

    assert ("Content-Encoding", "gzip") in pairs(entry["response"]["headers"])
    assert entry["response"]["content"]["text"] == "data: 0\n\ndata: 1\n\ndata: 2\n\n"
    assert entry["response"]["bodySize"] != entry["response"]["content"]["size"]


class ReadFirst:
    """A middleware that reads the body before all others."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        assert request.body
        return self.get_response(request)


def test_a_body_that_other_middleware_has_read(capture, settings):
    settings.set(
        MIDDLEWARE=["test_observation.ReadFirst", "akita_django.middleware.AkitaMiddleware"]
    )

    entry = capture("POST", "/unread/", b'{"a": 1}', JSON)

    assert entry["request"]["postData"]["text"] == '{"a": 1}'
    assert entry["_akita"]["request_cut"] is False


@pytest.mark.parametrize("leave", ["close", "forget"])
def test_a_client_that_disconnects_during_a_stream(traced, leave):
    def chunks():
        yield b"one"
        yield b"two"

    middleware = AkitaMiddleware(lambda request: StreamingHttpResponse(chunks()))
    answer = middleware(RequestFactory().get("/stream/"))
    stream = iter(answer)
    assert next(stream) == b"one"
    if leave == "close":
        answer.close()
    del answer, stream
    gc.collect()

    (entry,) = traced.wait_events(1)
    assert entry["response"]["content"]["text"] == "one"
    assert entry["_akita"]["response_cut"] is True


def test_a_client_that_disconnects_before_the_response(traced):
    async def cancelled(request):
        raise asyncio.CancelledError

    answer = AkitaMiddleware(cancelled)(RequestFactory().get("/ok/"))
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(answer)

    (entry,) = traced.wait_events(1)
    assert entry["response"]["status"] == 0


def test_a_stream_is_recorded_once(traced):
    response = StreamingHttpResponse(iter([b"one"]))
    AkitaMiddleware(lambda request: response)(RequestFactory().get("/stream/"))

    assert list(response) == [b"one"]
    response.close()
    response.close()
    AkitaMiddleware(lambda request: HttpResponse("after"))(RequestFactory().get("/ok/"))

    texts = [e["response"]["content"]["text"] for e in traced.wait_events(2)]
    assert texts == ["one", "after"]


class DispatchAgain:
    """Middleware that passes a request on twice, like one that appends a slash itself."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.again = BaseHandler()
        with override_settings(MIDDLEWARE=["akita_django.middleware.AkitaMiddleware"]):
            self.again.load_middleware()

    def __call__(self, request):
        if request.path_info.endswith("/"):
            return self.get_response(request)
        request.path = request.path_info = f"{request.path_info}/"
        return self.again.get_response(request)


def test_a_request_that_is_dispatched_again_counts_once(traced, settings):
    settings.set(
        MIDDLEWARE=["akita_django.middleware.AkitaMiddleware", "test_observation.DispatchAgain"]
    )

    assert apps.wsgi(Call("GET", "/things/7")).body == b'{"pk": 7}'
    assert apps.wsgi(Call("GET", "/things/8/")).body == b'{"pk": 8}'

    entries = traced.wait_events(2)
    urls = [entry["request"]["url"] for entry in entries]
    assert urls == ["http://testserver/things/7", "http://testserver/things/8/"]
    assert {entry["_akita"]["route"] for entry in entries} == {"things/<int:pk>/"}
    assert akita_django.stats()["captured"] == 2


def test_a_middleware_that_is_listed_twice_captures_once(capture, settings):
    settings.set(MIDDLEWARE=["akita_django.middleware.AkitaMiddleware"] * 2)

    assert capture("GET", "/ok/")["_akita"]["route"] == "ok/"
    assert akita_django.stats()["captured"] == 1


def test_unnamed_groups_and_languages(capture, settings):
    settings.set(ROOT_URLCONF="test_routepath", USE_I18N=True)

    assert capture("GET", "/people/alice/")["_akita"]["route"] == r"^people/(\w+)/$"
    akita = capture("GET", "/en-us/news/x/")["_akita"]
    assert akita["route"] == "<language>/news/<slug:slug>/"
    assert akita["converters"] == {"language": "str", "slug": "slug"}


def test_without_a_trace_nothing_is_observed(daemon, settings, monkeypatch):
    settings.set(AKITA_DAEMON_HOST=daemon.address)
    answer = object()
    middleware = AkitaMiddleware(lambda request: answer)
    daemon.wait_registered()
    daemon.wait_settled()
    monkeypatch.setattr("akita_django.observation.DjangoObservation", None)

    assert middleware(None) is answer
    recorders.stop_all()


def test_our_own_error_loses_the_call_and_nothing_else(traced, monkeypatch):
    middleware = AkitaMiddleware(lambda request: HttpResponse("fine"))
    for part in ("akita_capture.environ.headers", "akita_django.request.body"):
        with monkeypatch.context() as broken:
            broken.setattr(part, lambda *args: 1 / 0)
            assert middleware(RequestFactory().get("/ok/")).content == b"fine"

    assert akita_django.stats()["dropped_error"] == 2
    assert akita_django.stats()["captured"] == 0
