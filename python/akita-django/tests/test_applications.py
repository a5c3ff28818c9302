"""Applications are watched while tests are recorded, and only then."""

from __future__ import annotations

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
    monkeypatch.setitem(__import__("sys").modules, "falcon", None)

    applications.record(Calls())()
