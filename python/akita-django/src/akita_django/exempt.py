"""Views that are never captured."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from asgiref.sync import iscoroutinefunction

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "akita_exempt"


def exempt(view: View) -> View:
    """Keep a view's calls out of Akita: nothing of them is sent.

    It works as Django's own ``csrf_exempt``: on functions, synchronous and
    asynchronous; on classes by ``@method_decorator(exempt, name="dispatch")``, REST
    framework's views and view sets among them; and on a class itself.
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
    return wrapper  # type: ignore[no-any-return] # it is called as the view is


def is_exempt(view: Any) -> bool:
    """Tell whether a view, as Django has resolved it, is exempt."""
    # Class-based views; REST framework calls it `cls`.
    view_class = getattr(view, "view_class", None) or getattr(view, "cls", None)
    return getattr(view, _MARK, False) or getattr(view_class, _MARK, False)
