"""Generates the application's OpenAPI document with the library that it has for that."""

from __future__ import annotations

import functools
import json
import sys
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.urls import URLPattern, get_resolver

from akita_capture.document_report import Document, Documents

from .conf import lookup
from .urlconf import chains, is_loaded


def _is_complete() -> bool:
    return is_loaded(settings.ROOT_URLCONF)


def generate() -> Document | None:
    """Return what the library's own command prints; ``None`` without a library.

    The views that a library asks may use the database: the connections of this thread
    are closed afterwards.
    """
    try:
        for name, is_used, text in (
            ("drf-spectacular", _uses("drf_spectacular"), _spectacular),
            ("drf-yasg", _uses("drf_yasg"), _yasg),
            ("django-ninja", bool(_ninja_apis()), _ninja),
        ):
            if is_used:
                return Document(name, text())
        return None
    finally:
        connections.close_all()


documents = Documents(_is_complete, generate)


def _uses(app: str) -> bool:
    return bool(apps.is_installed(app))


def _spectacular() -> str:
    from drf_spectacular.drainage import GENERATOR_STATS
    from drf_spectacular.renderers import OpenApiJsonRenderer
    from drf_spectacular.settings import spectacular_settings

    with GENERATOR_STATS.silence():  # it prints warnings to standard error
        schema = spectacular_settings.DEFAULT_GENERATOR_CLASS().get_schema(
            request=None, public=True
        )
        return str(OpenApiJsonRenderer().render(schema, renderer_context={}), "utf-8")


def _yasg() -> str:
    from drf_yasg import openapi
    from drf_yasg.app_settings import swagger_settings
    from drf_yasg.codecs import OpenAPICodecJson
    from rest_framework.settings import api_settings

    info = getattr(swagger_settings, "DEFAULT_INFO", None)
    if not isinstance(info, openapi.Info):  # the application names it to its own view
        info = openapi.Info(title=str(lookup("AKITA_SERVICE_NAME")), default_version="")
    generator = swagger_settings.DEFAULT_GENERATOR_CLASS(
        info=info, version=api_settings.DEFAULT_VERSION, url=swagger_settings.DEFAULT_API_URL
    )
    schema = generator.get_schema(request=None, public=True)
    return str(OpenAPICodecJson(validators=[]).encode(schema), "utf-8")


def _ninja_apis() -> list[Any]:
    """Return the APIs of django-ninja in the URLconf: each has a view at its root that knows it."""
    if "ninja" not in sys.modules:
        return []
    from ninja import NinjaAPI

    found = (_api(chain[-1]) for chain in chains(get_resolver().url_patterns))
    return list(dict.fromkeys(api for api in found if isinstance(api, NinjaAPI)))


def _api(pattern: URLPattern) -> Any:
    view = pattern.callback
    return view.keywords.get("api") if isinstance(view, functools.partial) else None


def _ninja() -> str:
    from ninja.responses import NinjaJSONEncoder

    schemas = [
        json.dumps(api.get_openapi_schema(), cls=NinjaJSONEncoder, ensure_ascii=False)
        for api in _ninja_apis()
    ]
    return schemas[0] if len(schemas) == 1 else _joined(schemas)


def _joined(schemas: list[str]) -> str:
    """Return one document of several. Schemas of one name may differ, so they get numbers."""
    whole: dict[str, Any] = json.loads(schemas[0])
    components = whole.setdefault("components", {})
    for number, text in enumerate(schemas[1:], 2):
        one = _numbered(json.loads(text), number)
        whole["paths"].update(one["paths"])
        for kind, items in one.get("components", {}).items():
            components[kind] = {**items, **components.get(kind, {})}
    return json.dumps(whole)


_SCHEMAS = "#/components/schemas/"


def _numbered(value: Any, number: int) -> Any:
    """Return a document whose schemas have a number at the end of their names."""
    schemas = value.get("components", {}).get("schemas")
    if schemas:
        value["components"]["schemas"] = {f"{name}.{number}": schemas[name] for name in schemas}
    return _with_numbers(value, number)


def _with_numbers(value: Any, number: int) -> Any:
    if isinstance(value, dict):
        return {name: _with_numbers(one, number) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_numbers(one, number) for one in value]
    if isinstance(value, str) and value.startswith(_SCHEMAS):  # a reference, or in a mapping
        return f"{value}.{number}"
    return value
