"""A Django project with a library for OpenAPI, as a program.

usage: site_openapi.py drf-spectacular|drf-yasg|django-ninja|django-ninja-twice|none [PORT DAEMON]

It prints what the middleware generates, and what the library's own command prints. With a
port and the address of a daemon, it serves the project until it is stopped.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import types

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path

LIBRARY = sys.argv[1]
APPS = {
    "drf-spectacular": ["rest_framework", "drf_spectacular"],
    "drf-yasg": ["rest_framework", "drf_yasg"],
    "django-ninja": ["ninja"],
}
COMMANDS = {
    "drf-spectacular": ("spectacular", ["--format", "openapi-json"]),
    "drf-yasg": ("generate_swagger", ["-", "--format", "json"]),
    "django-ninja": ("export_openapi_schema", []),
}

info = None  # set for drf-yasg


def drf_urls():
    from rest_framework import routers, serializers, viewsets
    from rest_framework.decorators import action
    from rest_framework.response import Response

    class Thing(serializers.Serializer):
        """A docstring with a canary."""

        id = serializers.IntegerField(read_only=True)
        name = serializers.CharField(default="canary", help_text="canary")
        size = serializers.ChoiceField(["small", "large"], allow_null=True)
        tags = serializers.ListField(child=serializers.CharField(), required=False)

    class Things(viewsets.ViewSet):
        """A docstring with a canary."""

        serializer_class = Thing

        def list(self, request):
            return Response([])

        def create(self, request):
            return Response({})

        def retrieve(self, request, pk):
            return Response({})

        @action(methods=["post"], detail=True)
        def ship(self, request, pk):
            return Response({})

    router = routers.DefaultRouter()
    router.register("things", Things, basename="thing")
    return [path("api/", include(router.urls))]


def ninja_urls(*versions):
    from ninja import Field, NinjaAPI, Schema

    urls = []
    for number, version in enumerate(versions, 1):
        Thing = type(  # noqa: N806 - a class
            "Thing",
            (Schema,),
            {
                "__annotations__": {"id": "int", "name": "str", f"only_{number}": "int"},
                "__module__": __name__,
                "name": Field("canary", description="canary", examples=["canary"]),
                f"only_{number}": 0,
            },
        )
        api = NinjaAPI(urls_namespace=version, description="canary")

        @api.get("/things/{pk}", response=Thing)
        def thing(request, pk: int):
            """A docstring with a canary."""

        urls.append(path(f"{version}/", api.urls))
    return urls


def configure():
    urls = types.ModuleType("site_openapi_urls")
    sys.modules[urls.__name__] = urls
    settings.configure(
        SECRET_KEY="test",
        ROOT_URLCONF=urls.__name__,
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            *APPS.get(LIBRARY, []),
        ],
        MIDDLEWARE=["akita_django.middleware.AkitaMiddleware"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        USE_TZ=True,
        REST_FRAMEWORK={
            "DEFAULT_AUTHENTICATION_CLASSES": [],
            "DEFAULT_PERMISSION_CLASSES": [],
            **(
                {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}
                if LIBRARY == "drf-spectacular"
                else {}
            ),
        },
        SWAGGER_SETTINGS={"DEFAULT_INFO": "site_openapi.info"},
        SPECTACULAR_SETTINGS={"TITLE": "Shop", "VERSION": "1", "DESCRIPTION": "canary"},
        AKITA_SERVICE_NAME="shop",
        **({"AKITA_DAEMON_HOST": sys.argv[3]} if len(sys.argv) > 3 else {}),
    )
    django.setup()
    if LIBRARY.startswith("drf"):
        urls.urlpatterns = drf_urls()
    elif LIBRARY == "django-ninja":
        urls.urlpatterns = ninja_urls("api")
    elif LIBRARY == "django-ninja-twice":
        urls.urlpatterns = ninja_urls("v1", "v2")
    else:
        urls.urlpatterns = []


def serve(port):
    from wsgiref.simple_server import make_server

    from django.core.wsgi import get_wsgi_application

    from akita_capture import document_report

    document_report.CALM_S = 0.0
    make_server("127.0.0.1", port, get_wsgi_application()).serve_forever()


def main():
    global info
    sys.modules["site_openapi"] = sys.modules["__main__"]
    configure()
    from akita_django import document

    if LIBRARY == "drf-yasg":
        from drf_yasg import openapi

        info = openapi.Info(title="Shop", default_version="1", description="canary")
    if len(sys.argv) > 3:
        serve(int(sys.argv[2]))
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors):
        generated = document.generate()
    command = io.StringIO()
    if LIBRARY in COMMANDS:
        name, arguments = COMMANDS[LIBRARY]
        with contextlib.redirect_stderr(io.StringIO()):
            call_command(name, *arguments, stdout=command)
    result = {
        "generator": generated and generated.generator,
        "document": generated and json.loads(generated.text),
        "command": json.loads(command.getvalue() or "null"),
        "stderr": errors.getvalue(),
    }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
