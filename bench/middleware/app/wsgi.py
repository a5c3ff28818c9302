"""The WSGI application, with one more path for the benchmark."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "app.settings")

from django.core.wsgi import get_wsgi_application

import process
from bench_product import PRODUCT

SETTLE_PATH = "/-/settle"

PRODUCT.start()
_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request; at ``/-/settle``, wait until everything was sent and return the usage."""
    if environ["PATH_INFO"] != SETTLE_PATH:
        return _django(environ, start_response)
    PRODUCT.ready()
    PRODUCT.settle()
    body = json.dumps(process.usage()).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
