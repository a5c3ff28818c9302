"""The methods that a view takes."""

from __future__ import annotations

import functools

import pytest
from django.contrib.auth.decorators import login_required
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_safe
from django.views.generic import RedirectView, TemplateView
from ninja import NinjaAPI
from rest_framework import viewsets
from rest_framework.decorators import api_view
from rest_framework.views import APIView

from akita_django.methods import methods


def plain(request):
    """A view that takes every method."""


async def plain_async(request):
    """An asynchronous one."""


def another_decorator(view):
    request_method_list = ["canary"]

    @functools.wraps(view)
    def inner(request):
        return request_method_list and view(request)

    return inner


class Thing(View):
    def get(self, request):
        """Answer."""

    def post(self, request):
        """Answer."""


class Restricted(Thing):
    http_method_names = ("get", "head", "options")


class OnlyHead(View):
    def head(self, request):
        """Answer."""


class Dispatching(View):
    def dispatch(self, request):
        """Answer every method, as views of GraphQL do."""


class Api(APIView):
    def put(self, request):
        """Answer."""


class Users(viewsets.ViewSet):
    def list(self, request):
        """Answer."""

    def create(self, request):
        """Answer."""


class ReadOnlyUsers(Users):
    http_method_names = ("get",)


@api_view(["POST", "DELETE"])
def function_of_rest_framework(request):
    """Answer."""


ninja = NinjaAPI(docs_url=None, openapi_url=None)


@ninja.get("/items/{int:item}")
def ninja_item(request, item: int):
    """Answer."""


@ninja.api_operation(["POST", "PATCH"], "/items/{int:item}")
async def ninja_change(request, item: int):
    """Answer."""


NINJA_VIEW = ninja.urls[0][0].callback

ACTIONS = {"get": "list", "post": "create"}


@pytest.mark.parametrize(
    ("view", "taken"),
    [
        (plain, ["*"]),
        (plain_async, ["*"]),
        (csrf_exempt(plain), ["*"]),
        (another_decorator(plain), ["*"]),
        (require_GET(plain), ["GET"]),
        (require_safe(plain), ["GET"]),
        (require_http_methods(["POST", "get"])(plain_async), ["GET", "POST"]),
        (login_required(csrf_exempt(require_http_methods(["PUT"])(plain))), ["PUT"]),
        (functools.partial(require_GET(plain), extra=1), ["GET"]),
        (require_GET(require_http_methods(["GET", "POST"])(plain)), ["GET"]),
        (Thing.as_view(), ["GET", "POST"]),
        (login_required(Thing.as_view()), ["GET", "POST"]),
        (Thing.as_view(http_method_names=["post"]), ["POST"]),
        (Restricted.as_view(), ["GET"]),
        (OnlyHead.as_view(), ["HEAD"]),
        (Dispatching.as_view(), ["*"]),
        (TemplateView.as_view(template_name="x"), ["GET"]),
        (RedirectView.as_view(url="/"), ["DELETE", "GET", "PATCH", "POST", "PUT"]),
        (Api.as_view(), ["PUT"]),
        (function_of_rest_framework, ["DELETE", "POST"]),
        (NINJA_VIEW, ["GET", "PATCH", "POST"]),
        (require_http_methods(["POST"])(NINJA_VIEW), ["POST"]),
        (Users.as_view(ACTIONS), ["GET", "POST"]),
        (Users.as_view({**ACTIONS, "head": "list"}), ["GET", "POST"]),  # as after the first call
        (ReadOnlyUsers.as_view(ACTIONS), ["GET"]),
    ],
)
def test_the_methods_of_a_view(view, taken):
    assert methods(view) == taken
