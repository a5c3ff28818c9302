"""The commands that print routes, as a user calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

PROJECT = {
    "shop_settings.py": """
SECRET_KEY = "test"
ROOT_URLCONF = "shop_urls"
INSTALLED_APPS = ["django.contrib.contenttypes"]
AKITA_SERVICE_NAME = "shop"
AKITA_EXCLUDE_PATHS = ["/healthz"]
""",
    "shop_urls.py": """
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET

@require_GET
def page(request, **kwargs):
    return HttpResponse()

urlpatterns = [path("items/<int:pk>/", page), path("healthz", page)]
""",
    "partner_urls.py": """
from django.urls import path
from shop_urls import page
urlpatterns = [path("partners/", page), path("items/<int:pk>/", page)]
""",
    "broken_urls.py": "import nowhere\n",
    "plain.py": """
from fastapi import FastAPI
from flask import Flask

flask = Flask("plain", static_folder=None)
fastapi = FastAPI(openapi_url=None)
other = object()

@flask.get("/users/<int:pk>")
def user(pk):
    return ""

@fastapi.delete("/users/{pk}")
def erase(pk: int):
    return ""
""",
}


@pytest.fixture
def command(tmp_path):
    """Run a command in the folder of a project."""
    for name, text in PROJECT.items():
        (tmp_path / name).write_text(text)

    def run(*arguments, settings=""):
        environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        if settings:
            environment["DJANGO_SETTINGS_MODULE"] = settings
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def routes(done):
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    assert list(printed) == ["routes"]
    return [tuple(route.values()) for route in printed["routes"]]


ITEM = ("GET", "items/<int:pk>/", "shop_urls.page")


def test_routes_of_a_project_without_those_that_are_not_captured(command):
    assert routes(command("akita_django", "routes", settings="shop_settings")) == [ITEM]
    assert routes(command("akita_django", "routes", "--settings", "shop_settings")) == [ITEM]


def test_routes_of_urlconfs_that_a_middleware_sets(command):
    done = command("akita_django", "routes", "--urlconf", "partner_urls", settings="shop_settings")

    assert routes(done) == [ITEM, ("GET", "partners/", "shop_urls.page")]


@pytest.mark.any_django
@pytest.mark.parametrize(
    ("name", "route"),
    [
        ("plain:flask", ("GET", "/users/<int:pk>", "user")),
        ("plain:fastapi", ("DELETE", "/users/{pk}", "plain.erase")),
    ],
)
def test_routes_of_an_application_that_has_not_served(command, name, route):
    assert routes(command("akita_capture", "routes", name)) == [route]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["akita_django", "routes"], "--settings mysite.settings"),
        (["akita_django", "routes", "--settings", "nowhere"], "No module named 'nowhere'"),
        (
            ["akita_django", "routes", "--settings", "shop_settings", "--urlconf", "broken_urls"],
            "the project cannot be read: No module named 'nowhere'",
        ),
        (["akita_django"], "arguments are required: command"),
        (["akita_capture", "routes"], "arguments are required: MODULE:NAME"),
        (["akita_capture", "routes", "plain"], "'plain' must be MODULE:NAME"),
        (["akita_capture", "routes", "nowhere:app"], "nowhere:app cannot be imported"),
        (["akita_capture", "routes", "plain:nothing"], "plain:nothing cannot be imported"),
        (["akita_capture", "routes", "plain:other"], "plain:other is no application of Flask"),
    ],
)
def test_what_cannot_be_read_is_explained(command, arguments, said):
    done = command(*arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
