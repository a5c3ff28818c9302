"""Any ASGI application is captured, and answers as it does without the wrapper."""

from __future__ import annotations

import asyncio
import base64
import functools
import gc
import warnings
from collections import Counter

import plain_asgi
import pytest
from bodies import ADDRESS, BODIES, MULTIPART
from drive import asgi_entry as entry
from drive import call
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.gzip import GZipMiddleware

from akita_capture import AkitaASGI, recorders

pytestmark = pytest.mark.any_django

ODD_CHUNKS = [b"01", b"", b"2345", b"6789"]


CALLS = [
    *(("GET", f"/{name}") for name in plain_asgi.APPS),
    *(("POST", f"/reads_{n}", ODD_CHUNKS, "text/plain") for n in range(4)),
    ("HEAD", "/events"),
]
FASTAPI_CALLS = [
    *(("GET", path) for path in ("/users/7", "/users/x", "/nowhere", "/stream", "/error")),
    *(("GET", path) for path in ("/later", "/file", "/shops/a/items/7", "/users/7/")),
    ("GET", "/shops/a/nested/deep/x/y"),
    *(("PUT", "/users/7", [body], kind) for body, kind in BODIES.values()),
    *(("POST", "/upload", [body], kind) for body, kind in BODIES.values()),
    ("DELETE", "/users/7"),
]


@pytest.fixture
def wrapped(wrap):
    """Wrap an application, with a trace on."""
    return functools.partial(wrap, AkitaASGI)


def outcome(app, calls):
    plain_asgi.background.clear()
    gc.collect()

    async def all_calls():
        return [await call(app, *one) for one in calls]

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        answers = asyncio.run(all_calls())
        gc.collect()
    warned = Counter((w.category, ADDRESS.sub("", str(w.message))) for w in caught)
    return answers, warned, list(plain_asgi.background)


@pytest.mark.parametrize("daemon_is", ["up", "down", "hanging", "answering garbage"])
@pytest.mark.parametrize(
    ("application", "calls"),
    [(plain_asgi.application, CALLS), (plain_asgi.fastapi, FASTAPI_CALLS)],
    ids=["plain", "fastapi"],
)
def test_the_application_answers_the_same(daemon, wrapped, application, calls, daemon_is):
    expected = outcome(application, calls)
    app = wrapped(application)
    if daemon_is == "down":
        daemon.stop()
    daemon.set(mode={"hanging": "hang", "answering garbage": "garbage"}.get(daemon_is, "good"))

    actual = outcome(app, calls)

    for one_call, one, other in zip(calls, expected[0], actual[0]):
        assert one == other, one_call
    assert expected[1:] == actual[1:]
    seen = recorders.stats()
    assert seen["captured"] + seen["dropped_queue_full"] == len(calls)
    assert seen["dropped_error"] == 0


ANSWERS = [
    # application, status, text, whether it is cut off, whether it is streamed
    ("whole", 200, "whole", False, False),
    ("announced", 200, "abcdef", False, False),
    ("events", 200, b"".join(plain_asgi.EVENTS).decode(), False, True),
    ("big", 200, "x" * (1 << 20), True, True),
    ("hinted", 200, "x", False, False),
    ("trailers", 200, "x", False, False),
    ("pathsend", 200, "", True, False),
    ("zerocopysend", 200, "", True, False),
    ("unfinished", 200, "one", True, True),
    ("silent", 500, "", True, False),
    ("header_iterator", 200, "iterated", False, False),
    ("bare_messages", 204, "", False, False),
    ("raises", 500, "", True, False),
    ("raises_in_the_middle", 200, "one", True, True),
    ("raises_in_the_background", 200, "answered", False, False),
    ("cancelled", 0, "", True, False),
]


@pytest.mark.parametrize(("name", "status", "text", "cut", "streamed"), ANSWERS)
def test_a_response_is_captured(daemon, wrapped, name, status, text, cut, streamed):
    seen = entry(daemon, wrapped(plain_asgi.APPS[name]), "GET", "/x%y/\u00e9")

    assert seen["request"]["url"] == "http://testserver/x%25y/%C3%A9?q=1"
    assert {"name": "Host", "value": "testserver"} in seen["request"]["headers"]
    assert seen["response"]["status"] == status
    assert seen["response"]["content"]["text"] == text
    assert seen["_akita"]["response_cut"] is cut
    assert seen["_akita"]["streamed"] is streamed
    assert ("ttfb_ms" in seen["_akita"]) is (streamed and bool(text))


@pytest.mark.parametrize(
    ("reads", "text", "cut"),
    [(0, None, True), (1, "01", True), (3, "012345", True), (4, "0123456789", False)],
)
def test_a_request_body_is_captured_as_far_as_it_is_read(daemon, wrapped, reads, text, cut):
    app = wrapped(plain_asgi.reader("reads", reads))

    seen = entry(daemon, app, "POST", "/", ODD_CHUNKS, "text/plain; charset=utf-8")

    assert seen["request"]["postData"]["mimeType"] == "text/plain; charset=utf-8"
    assert seen["request"]["postData"].get("text") == text
    assert seen["_akita"]["request_cut"] is cut
    assert seen["request"]["bodySize"] == 10


def test_a_request_body_over_the_limit_is_cut_off(daemon, wrapped):
    app = wrapped(plain_asgi.reader("reads", 4), max_body_bytes=5)

    seen = entry(daemon, app, "POST", "/", ODD_CHUNKS, "text/plain")

    assert seen["request"]["postData"]["text"] == "01234"
    assert seen["_akita"]["request_cut"] is True


def test_a_form_with_a_file(daemon, wrapped):
    content_type = "multipart/form-data; boundary=B"
    multipart = MULTIPART.replace(b'name="f"', b'name="file"')

    seen = entry(daemon, wrapped(plain_asgi.fastapi), "POST", "/upload", [multipart], content_type)

    params = seen["request"]["postData"]["params"]
    assert [(p["name"], p.get("fileName")) for p in params] == [("title", None), ("file", "a.bin")]


def test_it_can_be_a_middleware_of_fastapi(daemon):
    from fastapi import FastAPI

    api = FastAPI()
    api.get("/users/{pk}")(plain_asgi.user)
    api.add_middleware(AkitaASGI, service_name="demo", daemon_host=daemon.address)
    daemon.activate()
    asyncio.run(call(api, "GET", "/users/1"))
    daemon.wait_active()

    assert entry(daemon, api, "GET", "/users/7")["_akita"]["route"] == "/users/{pk}"
    recorders.stop_all()


def test_other_protocols_pass_through(daemon, wrapped):
    seen = []

    async def application(*arguments):
        seen.append(arguments)

    app = wrapped(application)
    for kind in ("websocket", "lifespan", "of the future"):
        asyncio.run(app({"type": kind}, "receive", "send"))

    assert seen == [
        ({"type": kind}, "receive", "send") for kind in ("websocket", "lifespan", "of the future")
    ]
    assert recorders.stats()["captured"] == 0


def test_an_iterator_of_headers_is_left_to_the_application(daemon, wrapped):
    async def application(scope, receive, send):
        await send(plain_asgi.start())
        await send(plain_asgi.body(repr(list(scope["headers"])).encode()))

    app = wrapped(application)
    seen = entry(
        daemon,
        lambda scope, *rest: app({**scope, "headers": iter([(b"a", b"b")])}, *rest),
        *("GET", "/"),
    )

    assert seen["response"]["content"]["text"] == "[(b'a', b'b')]"
    assert seen["request"]["headers"] == []


def test_an_application_that_is_wrapped_twice_is_captured_once(daemon, wrapped):
    app = wrapped(wrapped(plain_asgi.fastapi))

    entry(daemon, app, "GET", "/users/7")
    entry(daemon, app, "GET", "/users/8")

    assert recorders.stats()["captured"] == 2


@pytest.mark.parametrize(
    ("name", "status", "streamed"),
    [("whole", 200, False), ("bare_messages", 204, False), ("events", 200, True)],
)
def test_base_http_middleware_does_not_make_a_response_a_stream(
    daemon, wrapped, name, status, streamed
):
    async def dispatch(request, call_next):
        return await call_next(request)

    app = wrapped(BaseHTTPMiddleware(plain_asgi.APPS[name], dispatch))

    seen = entry(daemon, app, "GET", "/")

    assert seen["response"]["status"] == status
    assert seen["_akita"]["streamed"] is streamed


@pytest.mark.parametrize(
    ("path", "layers", "streamed"),
    [
        ("/plain", ["base"], False),
        ("/plain", ["base", "gzip"], False),
        ("/plain", ["gzip", "base"], False),
        ("/plain", ["base", "unsized", "base"], False),
        ("/plain", ["base", "unsized", "gzip"], False),
        ("/large", ["base", "unsized"], False),
        ("/large", ["base", "gzip"], False),
        ("/nothing", ["base", "gzip"], False),
        ("/stream", ["base"], True),
        ("/stream", ["base", "gzip"], True),
        ("/stream", ["gzip", "base"], True),
        ("/stream", ["gzip"], True),
    ],
)
def test_a_plain_answer_of_fastapi_is_no_stream(daemon, wrapped, path, layers, streamed):
    async def dispatch(request, call_next):
        return await call_next(request)

    async def unsized(request, call_next):
        response = await call_next(request)
        del response.headers["content-length"]
        return response

    app = plain_asgi.sizes
    for layer in layers:
        if layer == "gzip":
            app = GZipMiddleware(app)
        else:
            app = BaseHTTPMiddleware(app, dispatch if layer == "base" else unsized)
    accepting = [(b"accept-encoding", b"gzip")]

    async def serve(scope, receive, send):
        await app({**scope, "headers": accepting}, receive, send)

    seen = entry(daemon, wrapped(serve), "GET", path)

    assert seen["_akita"]["streamed"] is streamed


def test_a_coding_that_only_the_daemon_reads_is_left(daemon, wrapped):
    packed = b"\x0b\x02\x80hello\x03"
    headers = [(b"content-type", b"application/json"), (b"content-encoding", b"br")]
    app = wrapped(
        plain_asgi.answers("br", plain_asgi.start(headers=headers), plain_asgi.body(packed))
    )

    content = entry(daemon, app, "GET", "/")["response"]["content"]

    assert (base64.b64decode(content["text"]), content["encoding"]) == (packed, "base64")


def test_a_stream_of_one_event_is_a_stream(daemon, wrapped):
    app = wrapped(
        plain_asgi.answers(
            "one event",
            plain_asgi.start(headers=[(b"content-type", b"text/event-stream; charset=utf-8")]),
            plain_asgi.body(b"data: 1\n\n", more_body=True),
            plain_asgi.body(),
        )
    )

    assert entry(daemon, app, "GET", "/")["_akita"]["streamed"] is True


def test_excluded_paths_are_not_captured(daemon, wrapped):
    app = wrapped(plain_asgi.application, exclude_paths=["/whole"])
    asyncio.run(call(app, "GET", "/whole"))
    asyncio.run(call(app, "GET", "/bare_messages"))

    assert [e["response"]["status"] for e in daemon.wait_events(1)] == [204]


def test_concurrent_calls_are_captured(daemon, wrapped):
    app = wrapped(plain_asgi.fastapi)

    async def calls():
        await asyncio.gather(*(call(app, "GET", f"/users/{n}") for n in range(60)))

    asyncio.run(calls())

    urls = {e["request"]["url"] for e in daemon.wait_events(60)}
    assert urls == {f"http://testserver/users/{n}?q=1" for n in range(60)}


def test_a_client_that_disconnects(daemon, wrapped):
    never = asyncio.Event

    async def stream(scope, receive, send):
        await send(plain_asgi.start())
        await send(plain_asgi.body(b"one", more_body=True))
        await never().wait()

    async def cancel():
        task = asyncio.create_task(call(wrapped(stream), "GET", "/"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        await task

    asyncio.run(cancel())

    (seen,) = daemon.wait_events(1)
    assert (seen["response"]["status"], seen["response"]["content"]["text"]) == (200, "one")
    assert seen["_akita"]["response_cut"] is True


def test_our_own_error_does_not_reach_the_application(daemon, wrapped, monkeypatch):
    monkeypatch.setattr("akita_capture.asgi._host", functools.partial(int, "no number"))

    sent, error, _ = asyncio.run(call(wrapped(plain_asgi.fastapi), "GET", "/users/7"))

    assert (sent[0]["status"], error) == (200, "")
    assert recorders.stats()["dropped_error"] == 1
