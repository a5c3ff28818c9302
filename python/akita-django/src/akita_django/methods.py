"""Finds the HTTP methods that a view takes."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any

from akita_capture.app_routes import ANY_METHOD, named

_DECORATORS = "django.views.decorators.http"
_LIST = "request_method_list"
"""The variable of ``require_http_methods`` that has the methods."""


def methods(view: Any) -> list[str]:
    """Return the methods that a view takes, ``*`` for one that does not say which.

    ``OPTIONS``, and ``HEAD`` beside ``GET``, are not listed: frameworks answer them by
    themselves.
    """
    view_class = getattr(view, "view_class", None) or getattr(view, "cls", None)
    taken = _of_class(view, view_class) if view_class is not None else _of_function(view)
    return (named(taken) if taken is not None else []) or [ANY_METHOD]


def _of_class(view: Any, view_class: Any) -> Iterable[str]:
    """Return the methods that a class handles, or a view set routes to an action."""
    arguments = getattr(view, "view_initkwargs", None) or getattr(view, "initkwargs", None) or {}
    allowed = arguments.get("http_method_names", getattr(view_class, "http_method_names", ()))
    handled = getattr(view, "actions", None)
    if isinstance(handled, dict):
        return [method for method in allowed if method in handled]
    return [method for method in allowed if callable(getattr(view_class, method, None))]


def _of_function(view: Any) -> Iterable[str] | None:
    """Return the methods that a function and all its decorators allow; ``None`` without any."""
    taken: set[str] | None = None
    for function in _layers(view):
        allowed = _required(function) or _of_operations(function)
        if allowed is not None:
            taken = allowed if taken is None else taken & allowed
    return taken


def _layers(view: Any) -> Iterator[Any]:
    """Yield a view and the functions that it wraps."""
    for _ in range(50):
        yield view
        inner = view.func if isinstance(view, functools.partial) else None
        inner = inner or getattr(view, "__wrapped__", None)
        if inner is None:
            return
        view = inner


def _required(function: Any) -> set[str] | None:
    """Return the methods that ``require_http_methods`` allows."""
    if getattr(function, "__globals__", {}).get("__name__") != _DECORATORS:
        return None
    methods = _variable(function, _LIST)
    return None if methods is None else {method.upper() for method in methods}


def _of_operations(function: Any) -> set[str] | None:
    """Return the methods of a path of django-ninja, whose view is a function for all of them."""
    path = getattr(function, "__self__", None) or _variable(function, "self")
    operations = getattr(path, "operations", None)
    if not isinstance(operations, list):
        return None
    return {method for operation in operations for method in operation.methods}


def _variable(function: Any, name: str) -> Any:
    """Return a variable that a function has from around it; ``None`` if there is none."""
    names = getattr(getattr(function, "__code__", None), "co_freevars", ())
    if name not in names:
        return None
    try:
        return function.__closure__[names.index(name)].cell_contents
    except ValueError:  # it is not set
        return None
