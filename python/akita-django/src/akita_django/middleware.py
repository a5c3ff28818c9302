"""The Django middleware."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest

from akita_capture import Recorder
from akita_capture.activation import start
from akita_capture.settings import Reader

from . import checks, conf, document, urlconf
from . import request as requests
from .observation import watch, watch_async

__all__ = ["AkitaMiddleware", "checks"]  # importing checks registers them


class AkitaMiddleware:
    """Captures calls while a trace is on, and never changes them.

    It should come early in ``MIDDLEWARE``, to see requests unmodified and responses as
    they are sent. It works in synchronous and asynchronous stacks without a change of
    thread. Django removes it if ``AKITA_ENABLED`` is false, if a wrong setting prevents
    capture, and in test runs.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        recorder = (
            None
            if conf.silent()
            else start(Reader(conf.lookup), urlconf.routes, document.documents)
        )
        if not isinstance(recorder, Recorder):
            raise MiddlewareNotUsed("Akita captures nothing")
        self._recorder = recorder
        self.get_response = get_response
        self._is_async = iscoroutinefunction(get_response)
        if self._is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        """Answer a request."""
        recorder = self._recorder
        if not recorder.traces:
            return self.get_response(request)
        traces = recorder.admit(request.path) if recorder.claim(requests.carrier(request)) else ()
        if not traces:
            return self.get_response(request)
        observe = watch_async if self._is_async else watch
        return observe(recorder, self.get_response, request, traces)
