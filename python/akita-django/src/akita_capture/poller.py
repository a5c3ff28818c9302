"""Registers with the daemon and learns which traces are on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, Protocol

from .backoff import Backoff
from .config import Config
from .daemon import REGISTER, DaemonClient, DaemonError
from .fault import Faults
from .log import Outage
from .thread import DaemonThread
from .trace import Trace

HOLD_TIMEOUT_S = 90.0
"""How long a long poll may last; the daemon's own limit is shorter."""
MIN_HOLD_S = 0.5
"""The pause after a poll that was answered at once and without a change."""


class Report(Protocol):
    """What the application says about itself."""

    def send(self, client: DaemonClient) -> None:
        """Send it if it is new; never raise."""


class Poller(DaemonThread):
    """Runs the long poll, which the daemon answers when the traces change."""

    name = "akita-poller"

    def __init__(
        self,
        config: Config,
        client_id: str,
        traces: Callable[[], tuple[Trace, ...]],
        change: Callable[[list[Trace], set[str]], bool],
        settle: Callable[[], None],
        reports: tuple[Report, ...],
        faults: Faults,
    ) -> None:
        """Poll for differences from ``traces()`` and call ``change(started, ended)``.

        ``settle`` is called when no change can be expected soon: the daemon holds the
        request, or does not answer. ``reports`` are sent between polls.
        """
        super().__init__(DaemonClient(config), faults)
        self._client_name = config.client_name
        self._client_id = client_id
        self._traces = traces
        self._change = change
        self._settle = settle
        self._reports = reports
        self._outage = Outage(f"Connected to the Akita daemon at {config.address}")

    def run(self) -> None:
        """Poll until stopped."""
        backoff = Backoff(0.1, 2.0)
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                changed = self._poll()
            except DaemonError as error:
                if self._stopping.is_set():
                    return
                self._settle()
                self._outage.begin(str(error))
                self._stopping.wait(backoff.next(error.retry_after))
                continue
            self._outage.end()
            backoff.reset()
            for report in self._reports:
                report.send(self._client)
            if not changed and time.monotonic() - began < MIN_HOLD_S:
                self._stopping.wait(MIN_HOLD_S)

    def _poll(self) -> bool:
        body = {
            "client_name": self._client_name,
            "client_id": self._client_id,
            "active_trace_ids": [trace.id for trace in self._traces()],
        }
        _, reply = self._client.post(
            REGISTER, json.dumps(body).encode(), HOLD_TIMEOUT_S, on_hold=self._held
        )
        try:
            started = [Trace.from_json(trace) for trace in _list(reply, "activated_traces")]
            ended = {str(trace_id) for trace_id in _list(reply, "deactivated_traces")}
        except ValueError as error:
            raise DaemonError(f"The Akita daemon's answer is not valid: {error}") from error
        return self._change(started, ended)

    def _held(self) -> None:
        """Take note that the daemon knows us and that nothing has changed."""
        self._settle()
        self._outage.end()


def _list(reply: Any, name: str) -> list[Any]:
    value = reply.get(name) if isinstance(reply, dict) else None
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"{name} is not an array")
    return value
