"""A client of the daemon's HTTP interface."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from . import token
from .config import Address, Config
from .token import Challenge, TokenError

CONNECT_TIMEOUT_S = 3.0
HOLD_S = 1.0
"""A long poll without an answer for this long is being held; refusals come at once."""
MAX_REPLY_BYTES = 1 << 20

REGISTER = ("middleware",)
"""The path to register at and to wait for a change."""

PROVE = "/v1/proof"
"""Where a daemon proves that it knows the token, before anything else is sent to it."""

_TRANSIENT = (401, 408, 425, 429)
"""Refusals that may end without a change of the request."""


class DaemonError(Exception):
    """The daemon gave no usable answer."""

    def __init__(self, message: str, *, status: int = 0, retry_after: float = 0.0) -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status; 0 without a response."""
        self.retry_after = retry_after
        """Seconds that the daemon asks to wait, or 0."""

    @property
    def permanent(self) -> bool:
        """Whether the same request would be refused again."""
        return 400 <= self.status < 500 and self.status not in _TRANSIENT


class DaemonClient:
    """One connection to the daemon, kept alive. For one thread, except :meth:`abort`.

    With a token, nothing is written to a new connection until the other side has
    proven that it knows the token.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self._token: bytes | None = None
        self._peer = ""
        self._connection: http.client.HTTPConnection | None = None
        self._aborted = False

    def post(
        self,
        path: tuple[str, ...],
        body: bytes,
        timeout: float,
        on_hold: Callable[[], None] | None = None,
    ) -> tuple[int, Any]:
        """Post JSON to ``/v1/services/{service}/{path}``.

        ``timeout`` bounds each step, in seconds. ``on_hold`` is called if a long poll is
        not answered at once. Returns the status, which is 2xx or 422, and the reply's
        JSON; raises :class:`DaemonError` otherwise.
        """
        kept = self._connection is not None
        try:
            response, raw = self._exchange(path, body, timeout, on_hold)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            # The other side may have closed an idle connection, so try once more on a new
            # one. All requests are safe to repeat.
            if kept and not self._aborted and not isinstance(error, socket.timeout):
                return self.post(path, body, timeout, on_hold)
            raise self._unreachable(error) from error
        reply = _json(raw)
        if response.status == 422 or (200 <= response.status < 300 and isinstance(reply, dict)):
            return response.status, reply
        raise DaemonError(
            self._refusal(path, response.status, reply),
            status=response.status,
            retry_after=_seconds(response.headers.get("Retry-After")),
        )

    def _exchange(
        self,
        path: tuple[str, ...],
        body: bytes,
        timeout: float,
        on_hold: Callable[[], None] | None,
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection = self._connect(timeout)
        target = "/".join(quote(piece, safe="") for piece in (self._config.service, *path))
        challenge = Challenge(self._token, self._peer) if self._token is not None else None
        _send(connection, f"/v1/services/{target}", body, challenge)
        if on_hold is not None:
            _notice_hold(connection.sock, timeout, on_hold)
        response = connection.getresponse()
        raw = response.read(MAX_REPLY_BYTES + 1)
        if len(raw) > MAX_REPLY_BYTES or response.will_close:
            self.close()
        return response, raw

    def _connect(self, timeout: float) -> http.client.HTTPConnection:
        if self._connection is None:
            self._token = self._read_token()
            connection = _connection(self._config.address)
            connection.connect()
            self._connection = connection
            if self._token is not None and not self._aborted:
                self._peer = token.peer(connection.sock, self._config.address.path)
                self._demand_proof(connection, Challenge(self._token, self._peer))
        if self._aborted:
            raise ConnectionAbortedError("stopped")
        self._connection.sock.settimeout(timeout)
        return self._connection

    def _read_token(self) -> bytes | None:
        try:
            return token.read(self._config)
        except TokenError as error:
            raise DaemonError(str(error)) from error

    def _demand_proof(self, connection: http.client.HTTPConnection, challenge: Challenge) -> None:
        """Close the connection and raise unless the other side proves that it knows the token."""
        _send(connection, PROVE, b"{}", challenge)
        response = connection.getresponse()
        response.read(MAX_REPLY_BYTES)
        if challenge.is_met(response.headers.get(token.PROOF)) and not response.will_close:
            return
        self.close()
        if response.status == 401:
            why = "does not accept our token"
        else:
            why = "did not prove that it knows the token"
        raise DaemonError(
            f"The process that listens at {self._config.address} {why}: nothing is captured, and "
            "nothing is sent to it. Give `akita daemon` and AKITA_DAEMON_TOKEN the same token, "
            "update the daemon if it is older than this middleware, or find out which process "
            "listens there."
        )

    def abort(self) -> None:
        """Make the call of another thread fail at once, and all later calls too."""
        self._aborted = True
        connection = self._connection
        sock = connection.sock if connection is not None else None
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def reopen(self) -> None:
        """Undo :meth:`abort`."""
        self._aborted = False

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _unreachable(self, error: Exception) -> DaemonError:
        why = "no answer in time" if isinstance(error, socket.timeout) else _reason(error)
        return DaemonError(
            f"Cannot reach the Akita daemon at {self._config.address} ({why}): nothing is "
            "captured until it answers. Start `akita daemon` or correct AKITA_DAEMON_HOST."
        )

    def _refusal(self, path: tuple[str, ...], status: int, reply: Any) -> str:
        if status == 404 and path == REGISTER:
            return (
                f"The Akita daemon at {self._config.address} does not know the project "
                f"{self._config.service!r}. Create it in the Akita console or correct "
                "AKITA_SERVICE_NAME."
            )
        message = reply.get("message") if isinstance(reply, dict) else None
        said = f": {message}" if isinstance(message, str) else ""
        return f"The Akita daemon at {self._config.address} answered {status}{said}"


class _UnixConnection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=CONNECT_TIMEOUT_S)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        try:
            self.sock.connect(self._path)
        except OSError:
            self.close()
            raise


def _connection(address: Address) -> http.client.HTTPConnection:
    if address.path:
        return _UnixConnection(address.path)
    return http.client.HTTPConnection(address.host, address.port, timeout=CONNECT_TIMEOUT_S)


def _send(
    connection: http.client.HTTPConnection, target: str, body: bytes, challenge: Challenge | None
) -> None:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if challenge is not None:
        headers.update(challenge.headers("POST", target))
    connection.request("POST", target, body, headers)


def _notice_hold(sock: socket.socket, timeout: float, on_hold: Callable[[], None]) -> None:
    sock.settimeout(min(HOLD_S, timeout))
    try:
        sock.recv(1, socket.MSG_PEEK)
    except socket.timeout:
        on_hold()
    sock.settimeout(timeout)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, http.client.RemoteDisconnected):
        return "it closed the connection"
    if isinstance(error, http.client.HTTPException):
        return "its answer is not HTTP"
    return type(error).__name__


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _seconds(retry_after: str | None) -> float:
    """Parse ``Retry-After`` in seconds, 30 at most; a date counts as 0."""
    if retry_after is None or not retry_after.strip().isdecimal():
        return 0.0
    return min(float(retry_after), 30.0)
