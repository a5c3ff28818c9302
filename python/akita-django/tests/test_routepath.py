"""Routes with the parts that Django's ResolverMatch leaves out."""

from __future__ import annotations

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import JsonResponse
from django.urls import include, path, re_path, resolve

from akita_django import routepath
from akita_django.routepath import whole_route


def view(request, *args, **kwargs):
    return JsonResponse({})


def other(request, *args, **kwargs):
    return JsonResponse({})


urlpatterns = [
    path("users/<int:pk>/", view),
    re_path(r"^people/(\w+)/$", view),
    path(
        "api/",
        include(
            [
                re_path(r"^shops/(?P<pk>\d+)/$", view),
                re_path(r"late/", view),
                re_path(r"last/$", view),
            ]
        ),
    ),
    re_path(r"version/", view),
    *i18n_patterns(path("news/<slug:slug>/", view), re_path(r"^old/(\d+)/$", other)),
    re_path(r"(?P<page>\w+)\.html$", view),
]


class Without:
    """URLs whose default language has no prefix."""

    urlpatterns = i18n_patterns(path("news/", view), prefix_default_language=False)


@pytest.fixture(autouse=True)
def forget():
    """Let each test learn the routes itself."""
    routepath._known.clear()


@pytest.mark.parametrize(
    ("language", "path_info", "route"),
    [
        ("en", "/users/7/", "users/<int:pk>/"),
        ("en", "/people/alice/", r"^people/(\w+)/$"),
        ("en", "/api/shops/7/", r"api/shops/(?P<pk>\d+)/$"),
        ("en", "/version/", "version/"),
        ("en", "/some/where/version/", "^.*version/"),
        ("en", "/api/v1/late/", "api/^.*late/"),
        ("en", "/api/late/", "api/late/"),
        ("en", "/api/last/", "api/last/$"),
        ("en", "/about.html", r"(?P<page>\w+)\.html$"),
        ("en", "/en/news/x/", "<language>/news/<slug:slug>/"),
        ("de", "/de/news/x/", "<language>/news/<slug:slug>/"),
        ("de", "/de/old/7/", r"<language>/old/(\d+)/$"),
    ],
)
def test_the_whole_route(settings, language, path_info, route):
    from django.utils.translation import override

    settings.set(ROOT_URLCONF="test_routepath", USE_I18N=True)
    with override(language):
        match = resolve(path_info)

    for _ in range(2):  # it is remembered
        assert whole_route(match, path_info, None) == route


@pytest.mark.parametrize(
    ("language", "path_info", "route"),
    [("en-us", "/news/", "news/"), ("de", "/de/news/", "<language>/news/")],
)
def test_a_default_language_without_a_prefix(settings, language, path_info, route):
    from django.utils.translation import override

    settings.set(USE_I18N=True)
    with override(language):
        match = resolve(path_info, Without)

    assert whole_route(match, path_info, Without) == route


def test_a_match_that_cannot_be_repeated_keeps_its_route(settings):
    settings.set(ROOT_URLCONF="test_routepath")
    match = resolve("/users/7/")

    assert whole_route(match, "/nowhere/", None) == "users/<int:pk>/"
    assert whole_route(match, "/de/old/7/", None) == "users/<int:pk>/"


def test_what_is_remembered_is_bounded(settings, monkeypatch):
    monkeypatch.setattr(routepath, "_MAX_KNOWN", 2)
    settings.set(ROOT_URLCONF="test_routepath")

    for path_info in ("/users/7/", "/people/alice/", "/version/", "/api/shops/7/"):
        whole_route(resolve(path_info), path_info, None)

    assert len(routepath._known) <= 2
