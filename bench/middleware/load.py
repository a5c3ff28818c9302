"""An HTTP client with little cost of its own."""

from __future__ import annotations

import json
import socket
import threading
import time
from typing import Any

from traffic import MIX, Call

TIMEOUT_S = 60.0


class Connection:
    """HTTP/1.1 over one socket, which is reopened if the server has closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def send(self, wire: bytes) -> tuple[int, bytes]:
        """Send a request; return the status and the body."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), TIMEOUT_S)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(wire)
        head, end, body = self._more(b"").partition(b"\r\n\r\n")
        while not end:
            head, end, body = self._more(head).partition(b"\r\n\r\n")
        fields = head.lower()
        length = int(fields.partition(b"\r\ncontent-length:")[2].split(b"\r\n", 1)[0])
        while len(body) < length:
            body = self._more(body)
        if b"\r\nconnection: close" in fields:
            self.close()
        return int(head.split(b" ", 2)[1]), body

    def _more(self, data: bytes) -> bytes:
        assert self._socket is not None
        new = self._socket.recv(1 << 16)
        if not new:
            raise ConnectionError("the server closed the connection within a response")
        return data + new

    def close(self) -> None:
        """Close the socket."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def get_json(port: int, path: str) -> Any:
    """Get a JSON document."""
    connection = Connection(port)
    try:
        status, body = connection.send(Call("GET", path, 200).wire())
    finally:
        connection.close()
    if status != 200:
        raise RuntimeError(f"GET {path} answered {status}: {body[:500]!r}")
    return json.loads(body)


def run(port: int, n: int, connections: int) -> list[int]:
    """Send ``n`` requests over ``connections`` at a time; return the response times in nanoseconds."""
    took: list[int] = []
    failures: list[Exception] = []

    def work(first: int) -> None:
        connection = Connection(port)
        try:
            for i in range(first, n, connections):
                took.append(_timed(connection, MIX[i % len(MIX)]))
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(first,)) for first in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return took


def _timed(connection: Connection, call: Call) -> int:
    wire = call.wire()
    began = time.perf_counter_ns()
    status, _ = connection.send(wire)
    took = time.perf_counter_ns() - began
    if status != call.status:
        raise RuntimeError(f"{call.method} {call.target} answered {status}, not {call.status}")
    return took
