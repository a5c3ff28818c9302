"""pytest --akita (akita_pytest) writes the calls of tests to a HAR file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent

PYTEST_DJANGO = """
import pytest
from django.test import AsyncClient, TestCase
from rest_framework.test import APIClient

def test_client(client):
    assert client.get("/things/5/", {"q": "a"}).status_code == 200

def test_drf():
    assert APIClient().post("/drf/users/", {"a": 1}, format="json").status_code == 201

def test_async():
    import asyncio
    assert asyncio.run(AsyncClient().get("/things/6/")).status_code == 200

class Tests(TestCase):
    databases = ()
    def test_test_case(self):
        self.assertEqual(self.client.get("/nowhere/").status_code, 404)
        with self.assertRaises(RuntimeError):
            self.client.get("/error/")
"""

PLAIN = """
import asyncio
import flask, pytest

def test_flask():
    app = flask.Flask("shop")
    @app.post("/orders/<int:pk>")
    def order(pk):
        return {"pk": pk, "sent": flask.request.get_json()}, 201
    assert app.test_client().post("/orders/7", json={"a": 1}).status_code == 201

def test_starlette():
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Mount, Route
    async def one(request):
        return JSONResponse({"pk": request.path_params["pk"]})
    inner = Starlette(routes=[Route("/users/{pk:int}", one)])
    app = Starlette(routes=[Mount("/api", app=inner)])
    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}
    async def send(message):
        pass
    for target, path in ((inner, "/users/3"), (app, "/api/users/4")):
        scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(),
                 "query_string": b"", "headers": [], "scheme": "http", "server": ("testserver", 80)}
        asyncio.run(target(scope, receive, send))

def test_any_wsgi_application():
    from werkzeug.test import Client
    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"hello"]
    assert Client(app).get("/plain").data == b"hello"
"""

LIVE = """
import urllib.request

def test_live_server(live_server):
    assert urllib.request.urlopen(live_server.url + "/things/9/").status == 200
"""


def run(tmp_path, source, *options, django=True):
    """Run the tests in ``source``; return what pytest wrote."""
    (tmp_path / "test_it.py").write_text(source, encoding="utf-8")
    flags = ["-p", "no:cacheprovider", "--rootdir", str(tmp_path)]
    if not django:
        flags += ["-p", "no:django"]
    environment = {**os.environ, "PYTHONPATH": str(HERE), "DJANGO_SETTINGS_MODULE": "settings"}
    environment.pop("PYTEST_ADDOPTS", None)
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *flags, *options, "test_it.py"],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=tmp_path,
        env=environment,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def calls(path):
    log = json.loads(path.read_text(encoding="utf-8"))["log"]
    assert all(entry["_akita"]["source"] == "test" for entry in log["entries"])
    return sorted(
        f"{e['request']['method']} {e['request']['url'].partition('//')[2].partition('/')[2]} "
        f"{e['response']['status']} {e['_akita'].get('route')}"
        for e in log["entries"]
    )


DJANGO_CALLS = [
    "GET error/ 500 error/",
    "GET nowhere/ 404 None",
    "GET things/5/?q=a 200 things/<int:pk>/",
    "GET things/6/ 200 things/<int:pk>/",
    "POST drf/users/ 201 drf/users/$",
]


def test_django(tmp_path):
    output = run(tmp_path, PYTEST_DJANGO, "--akita")

    assert calls(tmp_path / "akita-tests.har") == DJANGO_CALLS
    assert "akita: 5 calls of tests in " in output


def test_bodies_are_written(tmp_path):
    run(tmp_path, PYTEST_DJANGO, "--akita-file", "out/calls.har", "-k", "drf")

    (entry,) = json.loads((tmp_path / "out/calls.har").read_text())["log"]["entries"]
    assert json.loads(entry["request"]["postData"]["text"]) == {"a": 1}
    assert entry["response"]["content"]["mimeType"] == "application/json"
    assert not entry["_akita"]["request_cut"]


def test_workers_of_xdist(tmp_path):
    pytest.importorskip("xdist")
    (tmp_path / "akita-tests.gw7.har").write_text("stale")

    output = run(tmp_path, PYTEST_DJANGO, "--akita", "-n", "2")

    assert calls(tmp_path / "akita-tests.har") == DJANGO_CALLS
    assert list(tmp_path.glob("*.har")) == [tmp_path / "akita-tests.har"]
    assert "akita: 5 calls of tests in " in output


def test_live_server(tmp_path):
    run(tmp_path, LIVE, "--akita")

    assert calls(tmp_path / "akita-tests.har") == ["GET things/9/ 200 things/<int:pk>/"]


@pytest.mark.any_django
def test_flask_starlette_and_plain_wsgi(tmp_path):
    run(tmp_path, PLAIN, "--akita", django=False)

    assert calls(tmp_path / "akita-tests.har") == [
        "GET api/users/4 200 None",
        "GET plain 200 None",
        "GET users/3 200 /users/{pk:int}",
        "POST orders/7 201 /orders/<int:pk>",
    ]


@pytest.mark.any_django
def test_without_the_option_nothing_is_loaded(tmp_path):
    source = (
        "import sys\ndef test_it():\n    assert not [m for m in sys.modules if 'akita_c' in m]\n"
    )

    output = run(tmp_path, source, django=False)

    assert "calls of tests" not in output
    assert list(tmp_path.glob("*.har")) == []
