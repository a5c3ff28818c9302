"""Real servers, each a process of its own."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

from fake_daemon import DEADLINE_S

GUNICORN = ["gunicorn", "site_apps:application", "--bind", "127.0.0.1:0", "--graceful-timeout", "5"]
UVICORN = ["uvicorn", "site_apps:application", "--port", "0", "--timeout-graceful-shutdown", "5"]


class Server:
    """A server of the tests' project, on a free port, and what it prints."""

    def __init__(self, arguments, daemon, **environment):
        self._printed = threading.Condition()
        self.lines = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=Path(__file__).parent,
            env={**os.environ, "TEST_DAEMON": daemon.address, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.port = int(self.wait_line(r"(?:Listening at|running on):? http://[^:]+:(\d+)")[1])

    def _read(self):
        for line in self._process.stderr:
            with self._printed:
                self.lines.append(line.rstrip())
                self._printed.notify_all()
        with self._printed:
            self.lines.append("(end)")
            self._printed.notify_all()

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

    def stop(self, how=signal.SIGTERM):
        """Stop, and wait for the end."""
        if self._process.poll() is None:
            self._process.send_signal(how)
        try:
            self._process.wait(DEADLINE_S)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._reader.join(DEADLINE_S)
            self._process.stderr.close()
