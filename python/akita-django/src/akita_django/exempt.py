"""Views that are never captured."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from asgiref.sync import iscoroutinefunction

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "akita_exempt"


def exempt(view: View) -> View:
    """Exclude a view: nothing of its calls is sent.

    Use it like Django's ``csrf_exempt``: on functions, synchronous and asynchronous, or
    on classes with ``@method_decorator(exempt, name="dispatch")``, including REST
    framework's views and view sets. It also works directly on a class.
    """
    if isinstance(view, type):
        setattr(view, _MARK, True)
        return view
    wrapper: Any
    if iscoroutinefunction(view):

        @functools.wraps(view)
        async def wrapper(*args: Any, **kwargs: Any) -> Any:
            return await view(*args, **kwargs)
    else:

        @functools.wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return view(*args, **kwargs)

    setattr(wrapper, _MARK, True)
    return wrapper  # type: ignore[no-any-return] # it has the view's signature


def is_exempt(view: Any) -> bool:
    """Report whether a view that Django has resolved is exempt."""
    # Class-based views; REST framework calls it `cls`.
    view_class = getattr(view, "view_class", None) or getattr(view, "cls", None)
    return getattr(view, _MARK, False) or getattr(view_class, _MARK, False)
