"""Real servers, each in its own process."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from fake_daemon import DEADLINE_S

ANNOUNCED = r"(?:Listening at|running on|Serving on|Running on|bound to TCP address):? (?:http://)?"


@dataclass
class Mode:
    """A server and how it is run."""

    command: list
    """Its module and arguments, with ``{port}`` if it cannot choose one itself."""
    clients: int = 1
    """How many of its processes register with the daemon."""
    interface: str = "wsgi"
    end: signal.Signals = signal.SIGTERM
    """The signal that stops it."""
    flushes: bool = True
    """Whether its processes run their exit handlers."""
    environment: dict = field(default_factory=dict)

    @property
    def arguments(self):
        return [sys.executable, "-m", *self.command]


class Server:
    """A server of the tests' project on a free port, and its output."""

    def __init__(self, mode, daemon, **environment):
        self._mode = mode
        self._printed = threading.Condition()
        self.lines = []
        port_is_given = any("{port}" in argument for argument in mode.arguments)
        self.port = _free_port() if port_is_given else 0
        self._process = _start(
            [argument.format(port=self.port) for argument in mode.arguments],
            cwd=Path(__file__).parent,
            env={
                **os.environ,
                "TEST_DAEMON": daemon.address,
                "TEST_INTERFACE": mode.interface,
                "PYTHONUNBUFFERED": "1",
                **mode.environment,
                **environment,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        if not port_is_given:
            self.port = int(self.wait_line(ANNOUNCED + r"[^:]+:(\d+)")[1])
        self._wait_port()

    def _read(self):
        for line in self._process.stdout:
            with self._printed:
                self.lines.append(line.rstrip())
                self._printed.notify_all()
        with self._printed:
            self.lines.append("(end)")
            self._printed.notify_all()

    def _wait_port(self):
        """Wait until it listens; not every server logs it."""
        deadline = time.monotonic() + DEADLINE_S
        while time.monotonic() < deadline and self._process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.05)
        self.stop(signal.SIGKILL)
        raise AssertionError(f"nothing listens at {self.port}: {self.lines}")

    def wait_line(self, pattern):
        def found():
            matches = (re.search(pattern, line) for line in self.lines)
            return next(filter(None, matches), None) or "(end)" in self.lines[-1:]

        with self._printed:
            match = self._printed.wait_for(found, DEADLINE_S)
        if match in (None, False, True):
            self.stop(signal.SIGKILL)
            raise AssertionError(f"{pattern!r} is not in {self.lines}")
        return match

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
        try:
            connection.request("GET", path)
            return connection.getresponse().read()
        finally:
            connection.close()

    def stop(self, how=None):
        """Stop it and wait for its end."""
        if self._process.poll() is None:
            self._process.send_signal(how or self._mode.end)
        try:
            self._process.wait(DEADLINE_S)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._reader.join(DEADLINE_S)
            self._process.stdout.close()


def _start(arguments, **options):
    """Start a process that SIGINT interrupts.

    A shell ignores SIGINT in what it runs in the background (``make test &``), and
    processes inherit that.
    """
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(arguments, **options)
    finally:
        signal.signal(signal.SIGINT, handler)


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
