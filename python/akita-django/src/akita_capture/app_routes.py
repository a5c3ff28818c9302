"""Lists the routes of a Flask, Starlette or FastAPI application, called or not.

The routes are written as :mod:`akita_capture.known_routes` reads them of a call, so that
both match.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any, Callable, NamedTuple, Optional

from .known_routes import view_of

ANY_METHOD = "*"
"""The method of a route that takes every method, or does not say which."""

_MAX_WRAPPERS = 20


class Route(NamedTuple):
    """One method of a route."""

    method: str
    route: str
    """As the framework writes it."""
    view: str


ReadRoutes = Callable[[], Optional[Iterable[Route]]]
"""Returns the routes of an application; ``None`` if they are not complete yet."""


def named(methods: Iterable[str]) -> list[str]:
    """Return the methods without those that frameworks add by themselves, in order."""
    names = {method.upper() for method in methods} - {"OPTIONS"}
    return sorted(names - {"HEAD"} if "GET" in names else names)


def reader(app: Any) -> ReadRoutes | None:
    """Return what reads the routes of an application; ``None`` if its framework is unknown.

    ``app`` may be wrapped in other middleware. An application is complete when it has
    begun to serve.
    """
    found = _framework(app)
    if found is None:
        return None
    has_served, walk = found
    return lambda: walk() if has_served() else None


def routes_of(app: Any) -> Iterator[Route] | None:
    """Return the routes that an application has now; ``None`` if its framework is unknown."""
    found = _framework(app)
    return None if found is None else found[1]()


_Framework = tuple[Callable[[], bool], Callable[[], Iterator[Route]]]
"""What reports whether an application has begun to serve, and what yields its routes."""


def _framework(app: Any) -> _Framework | None:
    try:
        for _ in range(_MAX_WRAPPERS):
            flask = getattr(app, "__self__", app)  # app.wsgi_app is a method of Flask's
            if hasattr(flask, "url_map") and hasattr(flask, "view_functions"):
                return (
                    functools.partial(_has_flask_served, flask),
                    functools.partial(_of_flask, flask),
                )
            if hasattr(app, "url_path_for") and isinstance(app.routes, list):
                return (
                    functools.partial(_has_starlette_served, app),
                    functools.partial(_of_starlette, app.routes),
                )
            app = app.app
    except Exception:  # noqa: BLE001 - it is none of these, and a guest never raises
        return None
    return None


def _has_flask_served(app: Any) -> bool:
    return bool(getattr(app, "_got_first_request", True))


def _has_starlette_served(app: Any) -> bool:
    # It is built with the first connection. A router has no such attribute.
    return bool(getattr(app, "middleware_stack", app))


def _of_flask(app: Any) -> Iterator[Route]:
    for rule in app.url_map.iter_rules():
        if rule.build_only or rule.websocket:
            continue
        for method in named(rule.methods) if rule.methods else (ANY_METHOD,):
            yield Route(method, rule.rule, str(rule.endpoint))


def _of_starlette(routes: Iterable[Any], prefix: str = "") -> Iterator[Route]:
    for route in routes:
        included = getattr(route, "effective_route_contexts", None)
        if included is not None:  # FastAPI's include_router()
            yield from _of_starlette(included(), prefix)
            continue
        path = getattr(route, "path", None)
        if not isinstance(path, str):
            continue  # such as Host, whose routes depend on the host
        below = getattr(route, "routes", None)
        if isinstance(below, list) and below:
            yield from _of_starlette(below, prefix + path)
        elif below is not None:  # a mounted application whose routes are unknown
            yield Route(ANY_METHOD, f"{prefix}{path}/{{path:path}}", "")
        elif hasattr(route, "methods") and not hasattr(route, "websocket_endpoint"):
            view = view_of(getattr(route, "endpoint", None))
            for method in named(route.methods) if route.methods else (ANY_METHOD,):
                yield Route(method, prefix + path, view)
