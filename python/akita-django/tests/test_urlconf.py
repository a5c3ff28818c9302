"""The routes of a URLconf, and those of the calls of each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import JsonResponse
from django.urls import include, path, re_path, resolve
from django.utils.translation import gettext_lazy, override
from django.views import View
from django.views.decorators.http import require_POST
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.routers import DefaultRouter

from akita_django import exempt, routepath, urlconf
from akita_django.routepath import whole_route
from akita_django.routes import view_name

DEMO = Path(__file__).parents[3] / "examples" / "django-demo"


def function(request, **kwargs):
    """A docstring, which is a canary."""
    return JsonResponse({})


@require_POST
def post_only(request):
    return JsonResponse({})


@exempt
def hidden(request):
    return JsonResponse({})


class Thing(View):
    secret = "canary"

    def get(self, request, pk):
        return JsonResponse({})

    def delete(self, request, pk):
        return JsonResponse({})


class Users(viewsets.ViewSet):
    def list(self, request):
        """List."""

    def create(self, request):
        """Create."""

    def retrieve(self, request, pk):
        """Retrieve."""

    @action(detail=True, methods=["post"])
    def activate(self, request, pk):
        """Activate."""


router = DefaultRouter()
router.include_root_view = False
router.include_format_suffixes = False
router.register("users", Users, basename="user")

shop = [
    path("items/<slug:item>/", function, {"key": "canary"}, name="canary"),
    re_path(r"^old/(?P<year>[0-9]{4})/$", function),
    re_path(r"any/$", function),
]

urlpatterns = [
    path("", function),
    path("things/<int:pk>/", Thing.as_view(secret="canary")),
    path("post/", post_only),
    path("hidden/", hidden),
    path("shops/<int:shop>/", include((shop, "shops"), namespace="canary")),
    re_path(r"^v(?P<version>[12])/", include(router.urls)),
    *i18n_patterns(path("news/", function)),
]

VIEW = "test_urlconf"


def reported():
    return [tuple(route) for route in urlconf.routes()]


def test_every_kind_of_route(settings):
    settings.set(ROOT_URLCONF="test_urlconf", USE_I18N=True)

    assert reported() == [
        ("*", "", f"{VIEW}.function"),
        ("DELETE", "things/<int:pk>/", f"{VIEW}.Thing"),
        ("GET", "things/<int:pk>/", f"{VIEW}.Thing"),
        ("POST", "post/", f"{VIEW}.post_only"),
        ("*", "shops/<int:shop>/items/<slug:item>/", f"{VIEW}.function"),
        ("*", "shops/<int:shop>/old/(?P<year>[0-9]{4})/$", f"{VIEW}.function"),
        ("*", "shops/<int:shop>/any/$", f"{VIEW}.function"),
        ("GET", "^v(?P<version>[12])/users/$", f"{VIEW}.Users.list"),
        ("POST", "^v(?P<version>[12])/users/$", f"{VIEW}.Users.create"),
        ("GET", "^v(?P<version>[12])/users/(?P<pk>[^/.]+)/$", f"{VIEW}.Users.retrieve"),
        ("POST", "^v(?P<version>[12])/users/(?P<pk>[^/.]+)/activate/$", f"{VIEW}.Users.activate"),
        ("*", "<language>/news/", f"{VIEW}.function"),
    ]
    assert "canary" not in str(reported()), "only methods, routes and views are reported"


@pytest.mark.parametrize(
    ("method", "path_info"),
    [
        ("GET", "/"),
        ("GET", "/things/7/"),
        ("DELETE", "/things/7/"),
        ("POST", "/post/"),
        ("*", "/shops/7/items/red/"),
        ("*", "/shops/7/old/1999/"),
        ("*", "/shops/7/any/"),
        ("GET", "/v1/users/"),
        ("POST", "/v2/users/"),
        ("GET", "/v1/users/7/"),
        ("POST", "/v1/users/7/activate/"),
        ("*", "/en/news/"),
        ("*", "/de/news/"),
    ],
)
def test_a_call_has_a_route_of_the_list(settings, method, path_info):
    settings.set(ROOT_URLCONF="test_urlconf", USE_I18N=True)
    routepath._known.clear()
    with override("de" if path_info.startswith("/de/") else "en"):
        match = resolve(path_info)

    route, view = whole_route(match, path_info, None), view_name(match.func, method)

    assert {(m, route, view) for m in (method, "*")} & set(reported())


def test_a_default_language_without_a_prefix(settings):
    urls = types.ModuleType("urls_without_prefix")
    urls.urlpatterns = i18n_patterns(path("news/", function), prefix_default_language=False)
    settings.set(ROOT_URLCONF=urls, USE_I18N=True)

    assert [route for _, route, _ in reported()] == ["<language>/news/", "news/"]


def test_translated_routes(settings):
    urls = types.ModuleType("translated_urls")
    # Django's own catalogue has this word.
    urls.urlpatterns = i18n_patterns(path(gettext_lazy("Delete"), function))
    settings.set(
        ROOT_URLCONF=urls,
        USE_I18N=True,
        LANGUAGE_CODE="en",
        LANGUAGES=[("en", "English"), ("de", "German")],
    )
    routes = [route for _, route, _ in reported()]

    assert routes == ["<language>/Delete", "de/L\u00f6schen"]
    for language, path_info in (("en", "/en/Delete"), ("de", "/de/L\u00f6schen")):
        with override(language):
            match = resolve(path_info)
        assert whole_route(match, path_info, None) in routes


def test_a_urlconf_that_is_not_loaded_is_not_imported(settings, tmp_path, monkeypatch):
    (tmp_path / "urls_later.py").write_text("urlpatterns = []\n")
    monkeypatch.syspath_prepend(tmp_path)
    settings.set(ROOT_URLCONF="urls_later")

    assert urlconf.routes() is None
    assert "urls_later" not in sys.modules

    half = types.ModuleType("urls_later")
    half.urlpatterns = []
    half.__spec__ = types.SimpleNamespace(_initializing=True)
    monkeypatch.setitem(sys.modules, "urls_later", half)
    assert urlconf.routes() is None, "another thread is importing it"

    half.__spec__ = None
    assert list(urlconf.routes()) == []


# An independent walk of a project's URLconf: Django's admindocs, and for the methods the list that
# REST framework makes for its schemas. It prints both beside what is reported.
WALK = """
import json
import django
django.setup()
from django.contrib.admindocs.views import extract_views_from_urlpatterns
from django.urls import get_resolver
from rest_framework.schemas.generators import EndpointEnumerator
from akita_django import urlconf
from akita_django.routes import view_name

def anchored(route):
    return route[:1] + route[1:].replace("^", "")

walked = [
    route for _, route, *_ in extract_views_from_urlpatterns(get_resolver().url_patterns)
]
reported = [tuple(route) for route in urlconf.routes()]
enumerator = EndpointEnumerator()
print(json.dumps({
    "walked": sorted({anchored(route) for route in walked}),
    "reported": sorted({anchored(route.replace("<language>/", "")) for _, route, _ in reported}),
    "operations": sorted(
        (method, path, view_name(view, method))
        for path, method, view in enumerator.get_api_endpoints()
    ),
    "taken": sorted(
        (method, enumerator.get_path_from_regex(route), view)
        for method, route, view in reported if method != "*"
    ),
    "any": sorted(route for method, route, _ in reported if method == "*"),
}))
"""


def walk(folder, settings_module, environment=()):
    done = subprocess.run(
        [sys.executable, "-c", WALK],
        cwd=folder,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings_module,
            **dict(environment),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(not DEMO.exists(), reason="the examples are not part of the sdist")
def test_the_example_project(tmp_path):
    found = walk(DEMO, "demo.settings", {"DATA_DIR": str(tmp_path)}.items())

    assert len(found["reported"]) > 20
    assert found["reported"] == found["walked"]
    # REST framework's list has its own views only.
    assert found["taken"] == sorted(
        [
            *found["operations"],
            ["GET", "/feed.xml", "shop.views.articles.feed"],
            ["GET", "/healthz", "shop.views.service.healthz"],
        ]
    )
    assert found["any"] == []


PACKAGE_SETTINGS = """
SECRET_KEY = "test"
ROOT_URLCONF = "urls_of_packages"
USE_I18N = True
INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
    "django.contrib.messages", "django.contrib.sessions", "rest_framework",
    "allauth", "allauth.account", "allauth.socialaccount",
]
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
"""
PACKAGE_URLS = """
from django.contrib import admin
from django.urls import include, path
urlpatterns = [path("accounts/", include("allauth.urls")), path("admin/", admin.site.urls)]
"""


def test_packages_with_routes_of_their_own(tmp_path):
    """django-allauth, and Django's admin site."""
    (tmp_path / "settings_of_packages.py").write_text(PACKAGE_SETTINGS)
    (tmp_path / "urls_of_packages.py").write_text(PACKAGE_URLS)

    found = walk(tmp_path, "settings_of_packages")

    assert len(found["reported"]) > 20
    assert found["reported"] == found["walked"]
