"""The middleware."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest

from akita_capture import Recorder, Trace
from akita_capture.log import logger, make_visible

from . import checks, conf
from .observation import Observation
from .recorders import recorder_for

__all__ = ["AkitaMiddleware", "checks"]  # to import the checks is to register them


class _Inert:
    """Stands for a recorder where the settings are no good."""

    traces: tuple[Trace, ...] = ()


class AkitaMiddleware:
    """Shows Akita what passes, while a trace is on; never changes it.

    It should come early in ``MIDDLEWARE``, to see requests unmodified and responses
    as they leave. Synchronous and asynchronous, without a change of thread.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        self._is_async = iscoroutinefunction(get_response)
        if self._is_async:
            markcoroutinefunction(self)
        self._recorder = _recorder()

    def __call__(self, request: HttpRequest) -> Any:
        """Answer a request."""
        recorder = self._recorder
        if not recorder.traces or isinstance(recorder, _Inert):
            return self.get_response(request)
        if self._is_async:
            return self._observe_async(recorder, request)
        return self._observe(recorder, request)

    def _observe(self, recorder: Recorder, request: HttpRequest) -> Any:
        observation = Observation(recorder, request)
        try:
            response = self.get_response(request)
        except BaseException as error:
            observation.failed(error)
            raise
        observation.answered(response)
        return response

    async def _observe_async(self, recorder: Recorder, request: HttpRequest) -> Any:
        observation = Observation(recorder, request)
        try:
            response = await self.get_response(request)
        except BaseException as error:
            observation.failed(error)
            raise
        observation.answered(response)
        return response


def _recorder() -> Recorder | _Inert:
    """Give the recorder for the settings; never raise, whatever they are."""
    try:
        config, problems = conf.read()
        if problems:
            make_visible()
        for problem in problems:
            logger.warning("%s %s", problem.msg, problem.hint)
        return _Inert() if config is None else recorder_for(config)
    except Exception:  # noqa: BLE001 - a guest never raises
        logger.exception("AkitaMiddleware could not start, and captures nothing")
        return _Inert()
