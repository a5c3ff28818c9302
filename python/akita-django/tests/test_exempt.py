"""Exempt views are never captured and answer as before."""

from __future__ import annotations

import apps
import pytest
from apps import Call
from django.http import HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from rest_framework import viewsets
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.views import APIView

import akita_django
from akita_django import exempt


@exempt
def function(request):
    """A view."""
    return HttpResponse("secret")


@exempt
async def coroutine(request):
    return HttpResponse("secret")


@csrf_exempt
@exempt
def beneath_another(request):
    return HttpResponse("secret")


@exempt
def fails(request):
    raise RuntimeError("secret")


@method_decorator(exempt, name="dispatch")
class ByMethod(View):
    def get(self, request):
        return HttpResponse("secret")


@exempt
class ByClass(View):
    async def get(self, request):
        return HttpResponse("secret")


@method_decorator(exempt, name="dispatch")
class ByApiView(APIView):
    def get(self, request):
        return Response("secret")


@exempt
@api_view(["GET"])
def by_api_function(request):
    return Response("secret")


@method_decorator(exempt, name="dispatch")
class ByViewSet(viewsets.ViewSet):
    def list(self, request):
        return Response("secret")


@exempt
class ByViewSetClass(viewsets.ViewSet):
    def list(self, request):
        return Response("secret")


def seen(request):
    return HttpResponse("seen")


EXEMPT = {
    "function": function,
    "coroutine": coroutine,
    "beneath_another": beneath_another,
    "fails": fails,
    "by_method": ByMethod.as_view(),
    "by_class": ByClass.as_view(),
    "by_api_view": ByApiView.as_view(),
    "by_api_function": by_api_function,
    "by_view_set": ByViewSet.as_view({"get": "list"}),
    "by_view_set_class": ByViewSetClass.as_view({"get": "list"}),
}
urlpatterns = [
    path("seen/", seen),
    *(path(f"{name}/", view) for name, view in EXEMPT.items()),
]


@pytest.mark.parametrize("interface", [apps.wsgi, apps.asgi])
@pytest.mark.parametrize("name", EXEMPT)
@pytest.mark.parametrize("inside", [[], ["test_observation.Refuse"]], ids=["", "refused"])
def test_a_view_that_is_exempt_is_not_captured(traced, settings, interface, name, inside):
    settings.set(
        ROOT_URLCONF="test_exempt",
        MIDDLEWARE=["akita_django.middleware.AkitaMiddleware", *inside],
    )

    answer = interface(Call("GET", f"/{name}/"))
    interface(Call("GET", "/seen/"))

    assert answer.status == (401 if inside else 500 if name == "fails" else 200)
    (event,) = traced.wait_events(1)
    assert event["request"]["url"] == "http://testserver/seen/"
    assert akita_django.stats()["exempt"] == 1
    assert "secret" not in str(traced.posts)


def test_the_decorator_does_not_change_the_view():
    assert (function.__name__, function.__doc__) == ("function", "A view.")
    assert not hasattr(function.__wrapped__, "akita_exempt"), "it is another function"
