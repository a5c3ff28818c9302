"""Where the integrations bring what they see."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from .exchange import Exchange

F = TypeVar("F", bound=Callable[..., None])


class Sink(Protocol):
    """Takes observed calls, as a recorder does."""

    @property
    def max_body_bytes(self) -> int:
        """How much of each body is worth keeping."""

    def record(self, exchange: Exchange) -> None:
        """Take a call."""

    def fault(self, error: Exception) -> None:
        """Take an error of ours."""


def guarded(method: F) -> F:
    """Keep the errors of a method of an object with a ``sink`` from the application."""

    @functools.wraps(method)
    def wrapper(self: Any, *args: Any) -> None:
        try:
            method(self, *args)
        except Exception as error:  # noqa: BLE001 - a guest never raises
            self.sink.fault(error)

    return wrapper  # type: ignore[return-value]
