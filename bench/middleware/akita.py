"""Runs the real Akita server and daemon for a measurement."""

from __future__ import annotations

import http.cookiejar
import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

from sink import PARTS

_START_S = 30.0
_REST_S = 5.0
_USER = {"username": "bench", "password": "a long enough passphrase"}


class Akita:
    """A server and a daemon with temporary data, which are removed at the end."""

    def __init__(self, binary: Path) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="akita-bench-")
        self._processes: list[subprocess.Popen[bytes]] = []
        self._binary = binary
        jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self._url = f"http://127.0.0.1:{_free_port()}"
        self.daemon = f"127.0.0.1:{_free_port()}"
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def _start(self) -> None:
        admin = {f"AKITA_ADMIN_{name.upper()}": value for name, value in _USER.items()}
        self._run("server", ["--listen", self._url.removeprefix("http://")], admin)
        _until(lambda: _answers(self._url + "/healthz"))
        self._call("session", _USER)
        key = self._call("api-keys", {"name": "bench", "scope": "agent"})
        self._run(
            "daemon",
            ["--name", "bench", "--port", self.daemon.rpartition(":")[2], "--server", self._url],
            {"AKITA_API_KEY_ID": key["id"], "AKITA_API_KEY_SECRET": key["secret"]},
        )
        _until(lambda: _answers(f"http://{self.daemon}/"))

    def _run(self, command: str, arguments: list[str], environment: dict[str, str]) -> None:
        folder = Path(self._folder.name)
        with (folder / f"{command}.log").open("wb") as log:
            process = subprocess.Popen(
                [self._binary, command, *arguments, "--data-dir", folder / command],
                env={**os.environ, **environment},
                stdout=log,
                stderr=log,
            )
        self._processes.append(process)

    def project(self, name: str, *, trace: bool) -> str:
        """Create a project; return the sink for :class:`products.Akita`."""
        self._call("projects", {"name": name})
        if trace:
            self._call(f"projects/{name}/traces", {"duration_hours": 1})
        return f"{self.daemon}/{name}"

    def captured(self, project: str, expected: int) -> Counter[str]:
        """Count the calls that are durable in the server, and their parts in the API model.

        It polls until there are ``expected`` calls, or none was added for five seconds.
        """
        model: dict[str, Any] = {"witnesses": -1, "endpoints": []}
        grown = time.monotonic()
        while model["witnesses"] < expected and time.monotonic() - grown < _REST_S:
            now = self._call(f"projects/{project}/model")
            if now["witnesses"] != model["witnesses"]:
                model, grown = now, time.monotonic()
            time.sleep(0.1)
        counts = Counter({"calls": model["witnesses"], **dict.fromkeys(PARTS, 0)})
        for endpoint in model["endpoints"]:
            counts.update(_parts(self._call(f"projects/{project}/model/endpoints/{endpoint['id']}")))
        return counts

    def _call(self, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self._url}/api/v1/{path}", data, headers={"Content-Type": "application/json"} if data else {}
        )
        with self._opener.open(request, timeout=30) as response:
            return json.load(response)

    def close(self) -> None:
        """Stop both and remove their data."""
        for process in reversed(self._processes):
            process.terminate()
        for process in self._processes:
            process.wait(30)
        self._folder.cleanup()


def _parts(endpoint: dict[str, Any]) -> Counter[str]:
    counts = Counter(
        {
            # Every call has these headers. No header's value leaves the daemon, only what it means.
            "request headers": endpoint["auth_counts"].get("bearer", 0),
            "request body": sum(body["seen"] for body in endpoint["request_bodies"]),
        }
    )
    for response in endpoint["responses"]:
        for body in response["bodies"]:
            counts["response headers"] += body["seen"] * (body["media_type"] == "application/json")
            counts["response body"] += body["seen"] * ("schema" in body)
    return counts


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _until(condition: Any) -> None:
    deadline = time.monotonic() + _START_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"akita did not start within {_START_S:.0f} s")
        time.sleep(0.05)
