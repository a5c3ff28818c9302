"""The routes of Flask, Starlette and FastAPI, and those of their calls."""

from __future__ import annotations

import re

import bottle
import falcon
import falcon.asgi
import plain_asgi
import plain_wsgi
import pytest
from drive import asgi_entry, wsgi_entry
from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from flask import Flask
from flask.cli import routes_command
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Host, Mount, Route, Router, WebSocketRoute
from starlette.staticfiles import StaticFiles

from akita_capture import AkitaASGI, AkitaWSGI
from akita_capture.app_routes import reader

pytestmark = pytest.mark.any_django

VIEW = "test_app_routes"


def endpoint(request):
    """A docstring, which is a canary."""


def read(app):
    return [tuple(route) for route in reader(app)()]


def a_flask():
    app = Flask("canary", static_folder=None)
    app.add_url_rule("/users/<int:pk>", "user", endpoint, methods=["GET", "DELETE"])
    app.add_url_rule("/users", "users", endpoint, methods=["POST"], defaults={"key": "canary"})
    app.add_url_rule("/old", "old", endpoint, build_only=True)
    return app


def test_routes_of_flask():
    app = a_flask()
    read_routes = reader(app)
    assert read_routes() is None, "it may get more routes before it serves"
    app.test_client().get("/nowhere")

    expected = [
        ("DELETE", "/users/<int:pk>", "user"),
        ("GET", "/users/<int:pk>", "user"),
        ("POST", "/users", "users"),
    ]
    assert [tuple(route) for route in read_routes()] == expected
    assert read(app.wsgi_app) == expected


def test_the_list_is_that_of_the_command_of_flask():
    app = plain_wsgi.flask
    app.test_client().get("/nowhere")
    printed = app.test_cli_runner().invoke(routes_command).output.splitlines()[2:]
    rules = {
        (method, rule, name)
        for name, methods, rule in (re.split("  +", line.strip()) for line in printed)
        for method in methods.split(", ")
    }

    assert len(rules) > 5
    assert set(read(app)) == rules


def served(app):
    """Build what an application builds when it begins to serve."""
    app.middleware_stack = app.build_middleware_stack()
    return app


def test_routes_of_starlette():
    app = Starlette(
        routes=[
            Route("/users/{pk:int}", endpoint),
            Route("/users", endpoint, methods=["POST", "PUT"]),
            Mount("/sub", routes=[Route("/{name}", endpoint), Mount("/deep", app=Router())]),
            Mount("/static", StaticFiles(directory="."), name="canary"),
            WebSocketRoute("/socket", endpoint),
            Host("canary.example", Router()),
        ]
    )
    assert reader(app)() is None, "it may get more routes before it serves"

    assert read(served(app)) == [
        ("GET", "/users/{pk:int}", f"{VIEW}.endpoint"),
        ("POST", "/users", f"{VIEW}.endpoint"),
        ("PUT", "/users", f"{VIEW}.endpoint"),
        ("GET", "/sub/{name}", f"{VIEW}.endpoint"),
        ("*", "/sub/deep/{path:path}", ""),
        ("*", "/static/{path:path}", ""),
    ]


def a_fastapi():
    app = FastAPI(openapi_url=None, description="canary")
    router = APIRouter(prefix="/shops/{shop}")
    inner = APIRouter()
    inner.add_api_route("/items/{item}", endpoint, methods=["GET", "PUT"], tags=["canary"])
    router.include_router(inner, prefix="/nested")
    app.include_router(router)
    app.add_api_route("/users/{pk}", endpoint)
    below = FastAPI(openapi_url=None)
    below.add_api_route("/x/{y}", endpoint, methods=["POST"])
    app.mount("/sub", below)
    return app


def test_routes_of_fastapi():
    expected = [
        ("GET", "/shops/{shop}/nested/items/{item}", f"{VIEW}.endpoint"),
        ("PUT", "/shops/{shop}/nested/items/{item}", f"{VIEW}.endpoint"),
        ("GET", "/users/{pk}", f"{VIEW}.endpoint"),
        ("POST", "/sub/x/{y}", f"{VIEW}.endpoint"),
    ]
    app = served(a_fastapi())
    assert read(app) == expected
    assert read(GZipMiddleware(app)) == expected
    assert read(app.middleware_stack) == expected, "as add_middleware() wraps it"


@pytest.mark.filterwarnings("ignore:Duplicate Operation ID")
def test_the_list_is_that_of_the_document_of_fastapi():
    app = served(a_fastapi())
    mounted = [route.path for route in app.routes if isinstance(route, Mount)]
    paths = get_openapi(title="", version="", routes=app.routes)["paths"]
    operations = {(m.upper(), path) for path, item in paths.items() for m in item}

    listed = {(method, path) for method, path, _ in read(app)}
    own = {(m, p) for m, p in listed if not any(p.startswith(f"{at}/") for at in mounted)}
    assert len(operations) == 3
    assert own == operations


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/users/7"), ("GET", "/shops/a/items/old/en"), ("GET", "/error")],
)
def test_a_call_of_flask_has_a_route_of_the_list(daemon, wrap, method, path):
    seen = wsgi_entry(daemon, wrap(AkitaWSGI, plain_wsgi.flask.wsgi_app), method, path)["_akita"]

    assert (method, seen["route"], seen["view"]) in read(plain_wsgi.flask)


@pytest.mark.parametrize(
    ("app", "path"),
    [
        ("fastapi", "/users/7"),
        ("fastapi", "/shops/a/items/7"),
        ("fastapi", "/shops/a/nested/deep/x/y"),
        ("starlette", "/users/7"),
        ("starlette", "/tags/x"),
    ],
)
def test_a_call_of_starlette_has_a_route_of_the_list(daemon, wrap, app, path):
    application = getattr(plain_asgi, app)
    seen = asgi_entry(daemon, wrap(AkitaASGI, application), "GET", path)["_akita"]

    assert ("GET", seen["route"], seen["view"]) in read(application)


class Raising:
    def __getattr__(self, name):
        raise RuntimeError("secret")


@pytest.mark.parametrize(
    "app",
    [
        bottle.Bottle(),
        falcon.App(),
        falcon.asgi.App(),
        plain_wsgi.a_list,
        plain_asgi.APPS["whole"],
        None,
    ],
)
def test_other_applications_have_no_list(app):
    assert reader(app) is None


def test_an_application_that_raises_has_no_list():
    assert reader(Raising()) is None
