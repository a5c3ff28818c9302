"""Reads the route of a call, the route's converters, and the view from Django."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

from django.urls import Resolver404, ResolverMatch, resolve

from .exempt import is_exempt
from .routepath import whole_route

# A parameter of path() in Django's own notation; not a named group of re_path().
_PARAMETER = re.compile(r"(?<!\?P)<(?:(?P<converter>[^>:]+):)?(?P<parameter>[^>]+)>")


def describe(
    match: ResolverMatch | None,
    method: str,
    path_info: str,
    urlconf: Any,
) -> dict[str, Any] | None:
    """Return route, converters and view; ``route`` is ``None`` if no route matches.

    Returns ``None`` if the view is exempt. If ``match`` is ``None``, a middleware may have
    answered before Django resolved the path, so it is resolved here.
    """
    if match is None:
        try:
            match = resolve(path_info, urlconf)
        except Resolver404:
            return {"route": None}
    if is_exempt(match.func):
        return None
    route = whole_route(match, path_info, urlconf)
    return {
        "route": route,
        "converters": dict(converters(route)),
        "view": view_name(match.func, method),
    }


@functools.lru_cache(maxsize=1024)
def converters(route: str) -> tuple[tuple[str, str], ...]:
    """Return the parameters of a route with the names of their converters."""
    return tuple((m["parameter"], m["converter"] or "str") for m in _PARAMETER.finditer(route))


def view_name(func: Callable[..., Any], method: str) -> str:
    """Return a view's dotted name, with the action of a view set.

    The name of a view that a function makes has ``<locals>``: it cannot be imported.
    """
    # Class-based views; REST framework calls it `cls`.
    view: Any = getattr(func, "view_class", None) or getattr(func, "cls", None)
    if view is None:
        view = func.func if isinstance(func, functools.partial) else func
        if not hasattr(view, "__qualname__"):
            view = type(view)
    # REST framework's api_view() renames the class that it makes, but not its __qualname__.
    is_renamed = view.__qualname__.rpartition(".")[2] != view.__name__
    name = view.__name__ if is_renamed else view.__qualname__
    actions = getattr(func, "actions", None)
    action = actions.get(method.lower()) if isinstance(actions, dict) else None
    return ".".join(filter(None, (view.__module__, name, action)))
