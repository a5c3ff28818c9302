"""The processes that are measured: one per product, all running, one working at a time."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import load

HERE = Path(__file__).parent
SOURCE = HERE.parent.parent / "python" / "akita-django" / "src"


@dataclass(frozen=True)
class Block:
    """The measurements of one block of requests."""

    ns: list[int]
    """The response time of each request, in nanoseconds."""
    cpu_ns: int
    """CPU time of the process until everything captured was sent."""
    rss: int
    """Resident bytes at the end."""


class Subject(Protocol):
    """A process under measurement."""

    def block(self, n: int) -> Block:
        """Send ``n`` requests and wait until the product has sent what it captured."""

    def close(self) -> None:
        """Stop it."""


def environment(product: str, sink: str, source: Path) -> dict[str, str]:
    """Return the environment of a process that measures a product."""
    keep = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AKITA_", "OTEL_", "SENTRY_"))
    }
    path = os.pathsep.join(map(str, (HERE, source)))
    return {**keep, "PYTHONPATH": path, "BENCH_PRODUCT": product, "BENCH_SINK": sink}


class InProcess:
    """Django's handler called directly, with ``rate`` requests per second; 0 is back to back."""

    def __init__(self, env: dict[str, str], rate: float = 0) -> None:
        self._rate = rate
        self._process = subprocess.Popen(
            [sys.executable, "inprocess.py"],
            cwd=HERE,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if not os.environ.get("BENCH_DEBUG") else None,
            text=True,
        )
        self._answer()

    def block(self, n: int) -> Block:
        """Send a block of requests."""
        assert self._process.stdin is not None
        print(json.dumps({"n": n, "rate": self._rate}), file=self._process.stdin, flush=True)
        return Block(**self._answer())

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(
                f"the process under measurement ended with {self._process.wait(10)} (see BENCH_DEBUG=1)"
            )
        return json.loads(line)

    def close(self) -> None:
        """Stop it."""
        self._process.communicate(timeout=60)


class Gunicorn:
    """One gunicorn worker, with as many connections as threads."""

    def __init__(self, env: dict[str, str], worker: str, threads: int) -> None:
        self._threads = threads
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "app.wsgi:application", "--bind=127.0.0.1:0"),
                *("--workers=1", f"--worker-class={worker}", f"--threads={threads}", "--keep-alive=60"),
            ],
            cwd=HERE,
            env=env,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._tail: deque[str] = deque(maxlen=20)
        try:
            self._port = self._read_port()
            self._reader = threading.Thread(target=self._read_on, daemon=True)
            self._reader.start()
            load.get_json(self._port, "/-/settle")
        except BaseException:
            self._kill()
            raise

    def _read_port(self) -> int:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._tail.append(line)
            match = re.search(r"Listening at: http://[^:]+:(\d+)", line)
            if match:
                return int(match[1])
        raise RuntimeError("gunicorn did not start:\n" + "".join(self._tail))

    def _read_on(self) -> None:
        assert self._process.stderr is not None
        self._tail.extend(self._process.stderr)

    def block(self, n: int) -> Block:
        """Send a block of requests."""
        before = load.get_json(self._port, "/-/settle")
        took = load.run(self._port, n, self._threads)
        after = load.get_json(self._port, "/-/settle")
        return Block(took, after["cpu_ns"] - before["cpu_ns"], after["rss"])

    def close(self) -> None:
        """Stop it."""
        self._process.terminate()
        try:
            self._process.wait(40)
        finally:
            self._kill()

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)
