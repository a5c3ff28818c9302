"""Applications are watched while tests are recorded, and only then."""

from __future__ import annotations

import asyncio
import importlib.machinery
import sys
import types

import pytest

from akita_capture.consumer import Consumers
from akita_pytest import applications

pytestmark = pytest.mark.any_django


class Calls:
    max_body_bytes = 1000

    def __init__(self):
        self.seen = []
        self.consumers = Consumers(None)

    def record(self, exchange):
        self.seen.append(f"{exchange.method} {exchange.path} {exchange.status}")

    def fault(self, error):
        raise error


def test_it_can_be_undone():
    import flask
    from django.core.handlers.base import BaseHandler
    from starlette.applications import Starlette

    functions = (flask.Flask.__call__, BaseHandler.get_response, Starlette.__call__)
    undo = applications.record(Calls())
    assert all(
        now is not before
        for now, before in zip(
            (flask.Flask.__call__, BaseHandler.get_response, Starlette.__call__), functions
        )
    )
    undo()
    undo()

    assert (flask.Flask.__call__, BaseHandler.get_response, Starlette.__call__) == functions


def test_a_call_is_seen_once():
    import flask
    from werkzeug.middleware.dispatcher import DispatcherMiddleware
    from werkzeug.test import Client

    inner = flask.Flask("inner")
    inner.add_url_rule("/x", view_func=lambda: "x")
    outer = DispatcherMiddleware(flask.Flask("outer"), {"/in": inner})
    calls = Calls()
    undo = applications.record(calls)
    try:
        assert Client(outer).get("/in/x").data == b"x"
    finally:
        undo()

    assert calls.seen == ["GET /in/x 200"]


def test_falcon_and_bottle():
    import bottle
    import falcon.asgi
    from falcon import testing

    class Thing:
        def on_get(self, request, response, pk):
            response.media = {"pk": pk}

    class AsyncThing:
        async def on_get(self, request, response, pk):
            response.media = {"pk": pk}

    site = bottle.Bottle()
    site.get("/bottles/<pk>")(lambda pk: pk)
    calls = Calls()
    undo = applications.record(calls)
    try:
        for app, thing in ((falcon.App(), Thing()), (falcon.asgi.App(), AsyncThing())):
            app.add_route("/things/{pk}", thing)
            assert testing.TestClient(app).simulate_get("/things/7").json == {"pk": "7"}
        environ = testing.create_environ(path="/bottles/5")
        assert b"".join(site(environ, lambda *_: None)) == b"5"
    finally:
        undo()

    assert calls.seen == ["GET /things/7 200", "GET /things/7 200", "GET /bottles/5 200"]


def test_transports_of_httpx(monkeypatch):
    """HTTPX is not installed with the tests: this has the parts of it that are used."""
    module = types.ModuleType("httpx")
    module.__spec__ = importlib.machinery.ModuleSpec("httpx", None)

    class WSGITransport:
        def __init__(self, app):
            self.app = app

    class ASGITransport:
        def __init__(self, app):
            self.app = app

    module.WSGITransport, module.ASGITransport = WSGITransport, ASGITransport
    monkeypatch.setitem(sys.modules, "httpx", module)

    def plain(environ, start_response):
        start_response("200 OK", [])
        return [b"x"]

    async def later(scope, receive, send):
        await send({"type": "http.response.start", "status": 201, "headers": []})
        await send({"type": "http.response.body", "body": b"x"})

    async def nothing(*_):
        return {"type": "http.request"}

    calls = Calls()
    undo = applications.record(calls)
    try:
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/a", "SERVER_NAME": "t"}
        assert WSGITransport(app=plain).app(environ, lambda *_: None) == [b"x"]
        scope = {"type": "http", "method": "GET", "path": "/b", "headers": []}
        asyncio.run(ASGITransport(app=later).app(scope, nothing, nothing))
    finally:
        undo()

    assert calls.seen == ["GET /a 200", "GET /b 201"]
    assert WSGITransport(app=plain).app is plain


def test_errors_are_raised():
    from werkzeug.test import Client

    def app(environ, start_response):
        raise ValueError("no")

    calls = Calls()
    undo = applications.record(calls)
    try:
        with pytest.raises(ValueError, match="no"):
            Client(app).get("/x")
    finally:
        undo()

    assert calls.seen == ["GET /x 500"]


def test_frameworks_that_are_missing_or_broken_are_left_alone(monkeypatch):
    monkeypatch.setitem(sys.modules, "falcon", None)

    applications.record(Calls())()
