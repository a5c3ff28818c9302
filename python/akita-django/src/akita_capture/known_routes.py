"""Reads the route of a call from what Flask, Starlette and FastAPI leave for middleware.

A route that is not certain is omitted. ``"route": None`` means that no route matched, and
without ``route`` nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Describe = Callable[[], Mapping[str, Any]]

# A parameter of Werkzeug: <name>, <int:name>, <string(length=2):name>.
_WERKZEUG = re.compile(r"<(?:(?P<converter>[^>:(]+)(?:\([^>]*\))?:)?(?P<name>[^>:]+)>")
# A parameter of Starlette: {name}, {name:int}.
_STARLETTE = re.compile(r"{(?P<name>[^}:]+)(?::(?P<converter>[^}]+))?}")


def of_flask(environ: Mapping[str, Any], script_name: str) -> Describe:
    """Read what Flask has put into ``environ`` by the time it starts its response.

    ``script_name`` is its value before the call. If it has changed, the application is
    mounted in another one and knows only the end of the path.
    """
    request: Any = environ.get("werkzeug.request")
    if not hasattr(request, "url_rule") or environ.get("SCRIPT_NAME", "") != script_name:
        return dict
    rule, problem = request.url_rule, request.routing_exception
    if rule is None:
        return _no_route if getattr(problem, "code", None) == 404 else dict
    return lambda: _described(rule.rule, _WERKZEUG, "string", rule.endpoint)


def _no_route() -> dict[str, Any]:
    return {"route": None}


def of_starlette(scope: Mapping[str, Any], path: str, root_path: str) -> Describe:
    """Read what Starlette or FastAPI has put into ``scope`` by the end of the call.

    ``path`` and ``root_path`` are the values before the call.
    """
    if "router" not in scope or scope.get("root_path", "") != root_path:
        return dict  # another framework, or a mounted application
    route, endpoint = scope.get("route"), scope.get("endpoint")
    if route is None and endpoint is None:
        return _no_route
    fastapi = scope.get("fastapi")
    context = fastapi.get("effective_route_context") if isinstance(fastapi, dict) else None
    if root_path and path.startswith(root_path):
        path = path[len(root_path) :]
    return lambda: _starlette_route(route, context, endpoint, path)


def _starlette_route(route: Any, context: Any, endpoint: Any, path: str) -> dict[str, Any]:
    view = view_of(endpoint)
    # In FastAPI an included router's route has only its own part of the path; the
    # context has all of it.
    for candidate in (context, route):
        template = getattr(candidate, "path", None)
        regex = getattr(candidate, "path_regex", None)
        if isinstance(template, str) and regex is not None and regex.fullmatch(path):
            # FastAPI's types are in the endpoint's signature, not in the path.
            default = None if hasattr(route, "dependant") else "str"
            return _described(template, _STARLETTE, default, view)
    return {"view": view} if view else {}


def _described(
    template: str, parameter: re.Pattern[str], default: str | None, view: str
) -> dict[str, Any]:
    """``default`` is the converter of a parameter without one; ``None`` if unknown."""
    named = {m["name"]: m["converter"] or default for m in parameter.finditer(template)}
    converters = {name: converter for name, converter in named.items() if converter}
    return {"route": template, "converters": converters, "view": view}


def view_of(endpoint: Any) -> str:
    """Return the dotted name of an endpoint; empty if it has none."""
    name = getattr(endpoint, "__qualname__", None)
    return f"{endpoint.__module__}.{name}" if name else ""
