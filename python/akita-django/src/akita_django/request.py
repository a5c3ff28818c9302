"""Reads host, version and body of a Django request."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from akita_capture import Body, FormField, environ
from akita_capture.forms import is_multipart
from akita_capture.tee import Tee


def install_tee(request: HttpRequest, limit: int) -> Tee | None:
    """Watch a request's stream; return ``None`` without one, or if it was read already."""
    stream = getattr(request, "_stream", None)
    if stream is None or getattr(request, "_read_started", True):
        return None
    tee = Tee(stream, limit)
    request._stream = tee  # type: ignore[assignment] # Django has no public setter
    return tee


def body(request: HttpRequest, expected: int, tee: Tee | None, limit: int) -> Body | None:
    """Return what was read of a request's body so far; ``None`` without a body.

    ``expected`` is its announced size in bytes, -1 if unknown.
    """
    whole: bytes | None = request.__dict__.get("_body")
    if whole is not None:
        if not whole:
            return None
        return Body([whole[:limit]], len(whole), cut=len(whole) > limit)
    if expected == 0:
        return None
    return tee.seen(expected) if tee is not None else Body(size=expected, cut=True)


def parsed_form(request: HttpRequest) -> list[FormField] | None:
    """Return the fields of the multipart form that the view has parsed; else ``None``.

    Of a file this has the name and the type, never the contents.
    """
    post, files = request.__dict__.get("_post"), request.__dict__.get("_files")
    if not (post or files) or not is_multipart(request.META.get("CONTENT_TYPE", "")):
        return None
    fields = [
        FormField(name, value)
        for name, values in (post.lists() if post else ())
        for value in values
        if isinstance(value, str)  # REST framework puts files here too
    ]
    fields += [
        FormField(name, None, file.name or "", getattr(file, "content_type", None) or "")
        for name, uploads in (files.lists() if files else ())
        for file in uploads
    ]
    return fields


def carrier(request: HttpRequest) -> MutableMapping[str, Any]:
    """Return what the server has made of the request: ``scope`` or ``environ``."""
    scope: MutableMapping[str, Any] | None = getattr(request, "scope", None)
    return request.META if scope is None else scope


def host(request: HttpRequest) -> str:
    """Return host and port as the client sent them, unlike Django unchecked."""
    meta = request.META
    if settings.USE_X_FORWARDED_HOST and meta.get("HTTP_X_FORWARDED_HOST"):
        return str(meta["HTTP_X_FORWARDED_HOST"])
    return environ.host(meta, request.scheme or "http")


def http_version(request: HttpRequest) -> str:
    """Return the protocol's version; ``HTTP/1.1`` if the server does not say."""
    scope = getattr(request, "scope", None)
    if scope is not None:
        return f"HTTP/{scope.get('http_version', '1.1')}"
    return str(request.META.get("SERVER_PROTOCOL", "HTTP/1.1"))
