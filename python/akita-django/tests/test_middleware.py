"""The application's answers are the same with the middleware and without."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections import Counter
from wsgiref.util import FileWrapper

import apps
import pytest
import site_urls
from apps import Call
from bodies import ADDRESS, BODIES, LIMIT
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler

import akita_django


def calls():
    for view in site_urls.ODD_VIEWS:
        path = f"/{view.__name__}/"
        yield Call("GET", path)
        yield Call("HEAD", path)
        yield Call("OPTIONS", path)
        for method in ("POST", "PUT"):
            for body, content_type in BODIES.values():
                yield Call(method, path, body, content_type)
    yield Call("GET", "/nowhere/")
    yield Call("GET", "/things/12/", query="q=%ff&q=&=")
    yield Call("GET", "/things/none/")
    yield Call("GET", "/caf\u00c3\u00a9/")
    yield Call("GET", "/ok/", headers={"Host": "bad host!", "X-Odd": "a:b\u00ff"})
    yield Call("DELETE", "/drf/users/")
    yield Call("POST", "/drf/users/", b"{bad", "application/json")
    yield Call("POST", "/drf/users/", b"", "application/json")
    for body, content_type in BODIES.values():
        yield Call("POST", "/drf/users/", body, content_type)
        yield Call("PUT", "/drf/users/7/", body, content_type)
        yield Call("POST", "/drf_function/", body, content_type)


CALLS = list(calls())


def by_wsgi():
    handler = WSGIHandler()
    return [apps.wsgi(call, handler) for call in CALLS]


def by_wsgi_with_file_wrapper():
    handler = WSGIHandler()
    return [apps.wsgi(call, handler, file_wrapper=FileWrapper) for call in CALLS]


def by_asgi():
    async def all_calls():
        handler = ASGIHandler()
        return [await apps.asgi_call(call, handler) for call in CALLS]

    return asyncio.run(all_calls())


def outcome(settings, middleware, interface):
    """Return all answers and everything else that an application could notice."""
    settings.set(MIDDLEWARE=middleware)
    site_urls.Closing.closes = 0
    gc.collect()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        answers = interface()
        gc.collect()
    warned = Counter((w.category, ADDRESS.sub("", str(w.message))) for w in caught)
    return answers, warned, site_urls.Closing.closes


@pytest.fixture(scope="module")
def expected():
    """The outcomes without the middleware, by interface."""
    return {}


@pytest.mark.parametrize("interface", [by_wsgi, by_wsgi_with_file_wrapper, by_asgi])
@pytest.mark.parametrize("daemon_is", ["up", "down", "hanging", "answering garbage"])
def test_the_application_answers_the_same(traced, settings, expected, interface, daemon_is):
    settings.set(DATA_UPLOAD_MAX_MEMORY_SIZE=LIMIT)
    if interface not in expected:
        expected[interface] = outcome(settings, [], interface)
    if daemon_is == "down":
        traced.stop()
    traced.set(mode={"hanging": "hang", "answering garbage": "garbage"}.get(daemon_is, "good"))
    before = akita_django.stats()

    actual = outcome(settings, ["akita_django.middleware.AkitaMiddleware"], interface)

    for call, one, other in zip(CALLS, expected[interface][0], actual[0]):
        assert one == other, call
    assert expected[interface][1:] == actual[1:]
    after = akita_django.stats()
    seen = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    taken = seen.get("captured", 0) + seen.get("dropped_queue_full", 0)
    assert taken == len(CALLS), "a call was not observed"
    assert "dropped_error" not in seen
