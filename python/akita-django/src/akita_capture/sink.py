"""Where observations deliver calls."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from .consumer import Consumers
from .exchange import Exchange

F = TypeVar("F", bound=Callable[..., None])


class Sink(Protocol):
    """Takes observed calls; a recorder is one."""

    @property
    def max_body_bytes(self) -> int:
        """How much of each body to keep."""

    @property
    def consumers(self) -> Consumers:
        """How consumers are named."""

    def record(self, exchange: Exchange) -> None:
        """Take a call."""

    def fault(self, error: Exception) -> None:
        """Take an error in our own code."""


def guarded(method: F) -> F:
    """Send the errors of a method to its object's ``sink`` instead of raising them."""

    @functools.wraps(method)
    def wrapper(self: Any, *args: Any) -> None:
        try:
            method(self, *args)
        except Exception as error:  # noqa: BLE001 - a guest never raises
            self.sink.fault(error)

    return wrapper  # type: ignore[return-value]
