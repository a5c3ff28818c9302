"""Routes that Flask, Starlette and FastAPI know."""

from __future__ import annotations

import bottle
import falcon
import falcon.asgi
import plain_asgi
import plain_wsgi
import pytest
from drive import asgi_entry, wsgi_entry
from starlette.applications import Starlette
from starlette.routing import Mount
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from akita_capture import AkitaASGI, AkitaWSGI

pytestmark = pytest.mark.any_django


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
def test_routes_of_flask(daemon, wrap, method, path, known):
    akita = wsgi_entry(daemon, wrap(AkitaWSGI, plain_wsgi.flask.wsgi_app), method, path)["_akita"]

    assert {k: akita[k] for k in ("route", "converters", "view") if k in akita} == known


def test_the_route_of_a_mounted_application_is_omitted(daemon, wrap):
    app = wrap(
        AkitaWSGI, DispatcherMiddleware(plain_wsgi.application, {"/api": plain_wsgi.flask.wsgi_app})
    )

    seen = wsgi_entry(daemon, app, "GET", "/api/users/7")

    assert seen["request"]["url"] == "http://testserver/api/users/7?q=1"
    assert "route" not in seen["_akita"]


@pytest.mark.parametrize(
    ("app", "method", "path", "route", "converters", "view"),
    [
        ("fastapi", "GET", "/users/7", "/users/{pk}", {}, "plain_asgi.user"),
        (
            *("fastapi", "GET", "/shops/a/items/7", "/shops/{shop}/items/{item}"),
            *({}, "plain_asgi.items"),
        ),
        (
            *("fastapi", "GET", "/shops/a/nested/deep/x/y"),
            "/shops/{shop}/nested/deep/{name:path}",
            *({"name": "path"}, "plain_asgi.deep"),
        ),
        ("fastapi", "GET", "/error", "/error", {}, "plain_asgi.error"),
        ("fastapi", "GET", "/nowhere", None, None, None),
        ("starlette", "GET", "/users/7", "/users/{pk:int}", {"pk": "int"}, "plain_asgi.plain"),
        ("starlette", "GET", "/users/x", None, None, None),
        ("starlette", "GET", "/tags/x", "/tags/{tag}", {"tag": "str"}, "plain_asgi.plain"),
        ("starlette", "GET", "/mounted/secret/x", "absent", None, None),
        ("application", "GET", "/whole", "absent", None, None),
    ],
)
def test_routes_of_fastapi_and_starlette(daemon, wrap, app, method, path, route, converters, view):
    akita = asgi_entry(daemon, wrap(AkitaASGI, getattr(plain_asgi, app)), method, path)["_akita"]

    assert akita.get("route", "absent") == route
    assert (akita.get("converters"), akita.get("view")) == (converters, view)
    assert "secret" not in str(akita)


def test_a_root_path_from_the_server_is_not_a_mount(daemon, wrap):
    app = wrap(AkitaASGI, plain_asgi.fastapi)

    seen = asgi_entry(daemon, app, "GET", "/api/users/7", root_path="/api")

    assert seen["_akita"]["route"] == "/users/{pk}"


def a_bottle():
    app = bottle.Bottle()
    app.route("/users/<pk:int>")(lambda pk: {"pk": pk})
    return app


def a_falcon(kind):
    class User:
        def on_get(self, request, response, pk):
            response.media = {"pk": pk}

    class AsyncUser:
        async def on_get(self, request, response, pk):
            response.media = {"pk": pk}

    app = kind()
    app.add_route("/users/{pk:int}", AsyncUser() if kind is falcon.asgi.App else User())
    return app


def mounted(application):
    return Starlette(routes=[Mount("/api", app=application)])


def under_a_dispatcher(application):
    return DispatcherMiddleware(plain_wsgi.application, {"/api": application})


UNKNOWN = {
    # What is wrapped, the application, and the path of a user.
    "Bottle": (AkitaWSGI, a_bottle(), "/users/7"),
    "Falcon": (AkitaWSGI, a_falcon(falcon.App), "/users/7"),
    "Falcon, ASGI": (AkitaASGI, a_falcon(falcon.asgi.App), "/users/7"),
    "WSGI": (AkitaWSGI, plain_wsgi.a_list, "/users/7"),
    "ASGI": (AkitaASGI, plain_asgi.APPS["whole"], "/users/7"),
    "Flask under a dispatcher": (
        AkitaWSGI,
        under_a_dispatcher(plain_wsgi.flask.wsgi_app),
        "/api/users/7",
    ),
    "Bottle under a dispatcher": (AkitaWSGI, under_a_dispatcher(a_bottle()), "/api/users/7"),
    "FastAPI under Starlette": (AkitaASGI, mounted(plain_asgi.fastapi), "/api/users/7"),
    "Starlette under Starlette": (AkitaASGI, mounted(plain_asgi.starlette), "/api/users/7"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_route_that_is_not_known_is_absent(daemon, wrap, name):
    wrapper, application, path = UNKNOWN[name]
    entry = wsgi_entry if wrapper is AkitaWSGI else asgi_entry

    seen = entry(daemon, wrap(wrapper, application), "GET", path)

    assert seen["response"]["status"] == 200
    assert seen["request"]["url"] == f"http://testserver{path}?q=1"
    assert "route" not in seen["_akita"], "null would mean that no route matched"
