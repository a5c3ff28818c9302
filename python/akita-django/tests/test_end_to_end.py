"""Applications with a library for OpenAPI, with the real daemon and server."""

from __future__ import annotations

import contextlib
import http.cookiejar
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

SITE = Path(__file__).with_name("site_openapi.py")
BINARY = Path(__file__).parents[3] / "bin" / "akita"
DEADLINE_S = 120.0
PASSWORD = "a long enough passphrase"

pytestmark = [
    pytest.mark.any_django,
    pytest.mark.skipif(not BINARY.exists(), reason="`make bin/akita` builds it"),
]


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def until(condition, what):
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        if result := condition():
            return result
        time.sleep(0.05)
    raise AssertionError(f"{what} within {DEADLINE_S} s")


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


class Installation:
    """A server, a daemon and an application, each a process of its own."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []
        self.server = f"http://127.0.0.1:{free_port()}"
        self.env = {**os.environ, "AKITA_SERVER": self.server}
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )

    def start(self, *command, **env):
        with (self.folder / "log.txt").open("ab") as log:
            process = subprocess.Popen(command, env={**self.env, **env}, stdout=log, stderr=log)
        self.processes.append(process)

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
            process.wait()

    def post(self, path, **content):
        request = urllib.request.Request(
            f"{self.server}/api/v1/{path}",
            json.dumps(content).encode(),
            {"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=20) as response:
            return json.loads(response.read() or b"null")

    def start_server(self):
        self.start(
            str(BINARY), "server", "--listen", self.server.removeprefix("http://"),
            "--data-dir", str(self.folder / "server"),
            AKITA_ADMIN_USERNAME="rig", AKITA_ADMIN_PASSWORD=PASSWORD,
        )  # fmt: skip
        until(lambda: answers(f"{self.server}/healthz"), "the server answers")
        self.post("session", username="rig", password=PASSWORD)
        self.post("projects", name="shop")
        key = self.post("api-keys", name="rig", scope="full")
        self.env |= {"AKITA_API_KEY_ID": key["id"], "AKITA_API_KEY_SECRET": key["secret"]}

    def start_daemon(self):
        port = free_port()
        self.start(
            str(BINARY),
            "daemon",
            "--name",
            "rig",
            "--port",
            str(port),
            "--data-dir",
            str(self.folder / "daemon"),
        )
        until(lambda: answers(f"http://127.0.0.1:{port}/"), "the daemon answers")
        return f"127.0.0.1:{port}"

    def start_application(self, library, daemon):
        port = free_port()
        self.start(sys.executable, str(SITE), library, str(port), daemon)
        url = f"http://127.0.0.1:{port}"
        until(lambda: answers(f"{url}/api/things/"), "the application answers")
        return url

    def akita(self, *arguments):
        return subprocess.run(
            [str(BINARY), *arguments],
            env=self.env, check=False, capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    def log(self):
        return (self.folder / "log.txt").read_text()


@pytest.fixture
def installation(tmp_path):
    one = Installation(tmp_path)
    yield one
    one.stop()


@pytest.mark.parametrize(
    ("library", "path", "operations"),
    [
        ("drf-spectacular", "/api/things/7/", 4),
        ("drf-yasg", "/api/things/7/", 4),
        ("django-ninja", "/api/things/7", 1),
    ],
)
def test_calls_are_compared_with_the_document_of_the_application(
    installation, library, path, operations
):
    installation.start_server()
    url = installation.start_application(library, installation.start_daemon())

    def declared():
        out = installation.akita("declare", "--project", "shop").stdout
        return out if "reported by the application" in out else None

    said = until(declared, "the application reports its document")
    assert f"by {library}" in said
    assert f"{operations} operation" in said

    installation.post("projects/shop/traces", duration_hours=1)

    def compared():
        answers(url + path)
        out = installation.akita("drift", "shop", "--format", "json", "--fail-on", "none").stdout
        report = json.loads(out or "{}")
        return report if report.get("summary", {}).get("calls") else None

    report = until(compared, "the calls are compared")
    kinds = {(one["kind"], one["subject"]) for one in report["findings"]}
    assert ("undocumented", "operation") not in kinds
    assert ("unseen", "operation") in kinds or operations == 1

    installation.stop()
    kept = [file for file in installation.folder.rglob("*") if file.is_file()]
    assert len(kept) > 3
    for file in kept:
        assert b"canary" not in file.read_bytes(), file
