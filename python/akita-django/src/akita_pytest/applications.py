"""Watches the applications that tests call in their own process.

The watch is where a framework takes a call, so that it sees those of all test clients, and
those of a server in a thread of the test.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import warnings
from collections.abc import Callable, MutableMapping
from typing import Any

from akita_capture import asgi, wsgi
from akita_capture.sink import Sink

Undo = Callable[[], None]

_SEEN = "akita_pytest.seen"

_WSGI = [("flask", "Flask"), ("falcon", "App"), ("bottle", "Bottle")]
_ASGI = [("starlette.applications", "Starlette"), ("falcon.asgi", "App")]


def record(sink: Sink) -> Undo:
    """Hand the calls of all applications to ``sink``, until the result is called."""
    undo: list[Undo] = []
    for module, name in _WSGI:
        _replace(undo, module, f"{name}.__call__", functools.partial(_wsgi_method, sink))
    for module, name in _ASGI:
        _replace(undo, module, f"{name}.__call__", functools.partial(_asgi_method, sink))
    _replace(undo, "werkzeug.test", "run_wsgi_app", functools.partial(_run_wsgi, sink))
    _replace(undo, "httpx", "WSGITransport.__init__", functools.partial(_transport, sink, _wsgi))
    _replace(undo, "httpx", "ASGITransport.__init__", functools.partial(_transport, sink, _asgi))
    if _module("django.core.handlers.base") is not None:
        _record_django(undo, sink)

    def undo_all() -> None:
        while undo:
            undo.pop()()

    return undo_all


def _module(name: str) -> Any:
    """Import a module of a framework; return ``None`` if it is not there."""
    try:
        if importlib.util.find_spec(name.partition(".")[0]) is None:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(name)
    except Exception:  # noqa: BLE001 - a framework that does not work is not what is tested
        return None


def _replace(undo: list[Undo], module: str, path: str, wrap: Callable[[Any], Any]) -> None:
    """Replace a function of a module, or a method of one of its classes."""
    owner = _module(module)
    *classes, name = path.split(".")
    for one in classes:
        owner = getattr(owner, one, None)
    original = getattr(owner, name, None)
    if owner is not None and original is not None:
        setattr(owner, name, functools.wraps(original)(wrap(original)))
        undo.append(functools.partial(setattr, owner, name, original))


def _is_first(carrier: MutableMapping[str, Any]) -> bool:
    """Report whether a call is seen for the first time: applications call each other."""
    if carrier.get(_SEEN):
        return False
    carrier[_SEEN] = True
    return True


def _wsgi(sink: Sink, app: Any) -> Any:
    """Wrap an application."""

    def watched(environ: Any, start_response: Any) -> Any:
        if not _is_first(environ):
            return app(environ, start_response)
        return wsgi.watch(sink, app, environ, start_response, ())

    return watched


def _asgi(sink: Sink, app: Any) -> Any:
    """Wrap an application."""

    async def watched(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not _is_first(scope):
            await app(scope, receive, send)
        else:
            await asgi.watch(sink, app, (scope, receive, send), ())

    return watched


# Falcon reads the parameters of its own method, to know which interface an application has.


def _wsgi_method(sink: Sink, call: Any) -> Any:
    """Wrap the method of a class that is called for its applications."""

    def watched(self: Any, environ: Any, start_response: Any) -> Any:
        return _wsgi(sink, functools.partial(call, self))(environ, start_response)

    return watched


def _asgi_method(sink: Sink, call: Any) -> Any:
    """Wrap the method of a class that is called for its applications."""

    async def watched(self: Any, scope: Any, receive: Any, send: Any) -> None:
        await _asgi(sink, functools.partial(call, self))(scope, receive, send)

    return watched


def _run_wsgi(sink: Sink, run: Any) -> Any:
    """Wrap Werkzeug's function that calls any application."""

    def watched(app: Any, *args: Any, **options: Any) -> Any:
        return run(_wsgi(sink, app), *args, **options)

    return watched


def _transport(sink: Sink, wrap: Callable[[Sink, Any], Any], init: Any) -> Any:
    """Wrap the constructor of a transport of HTTPX that calls any application."""

    def watched(self: Any, *args: Any, **options: Any) -> None:
        init(self, *args, **options)
        self.app = wrap(sink, self.app)

    return watched


def _record_django(undo: list[Undo], sink: Sink) -> None:
    from akita_django.observation import watch, watch_async

    def sync(call: Any) -> Any:
        def watched(self: Any, request: Any) -> Any:
            if not _is_first(request.META):
                return call(self, request)
            return watch(sink, functools.partial(call, self), request, ())

        return watched

    def asynchronous(call: Any) -> Any:
        async def watched(self: Any, request: Any) -> Any:
            if not _is_first(request.META):
                return await call(self, request)
            return await watch_async(sink, functools.partial(call, self), request, ())

        return watched

    _replace(undo, "django.core.handlers.base", "BaseHandler.get_response", sync)
    _replace(undo, "django.core.handlers.base", "BaseHandler.get_response_async", asynchronous)
