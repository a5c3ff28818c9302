"""Host, version and form of Django's requests."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncRequestFactory, RequestFactory

from akita_capture import FormField
from akita_django import request as requests


@pytest.mark.parametrize(
    ("trusted", "headers", "host"),
    [
        (False, {"HTTP_HOST": "shop.example:8000"}, "shop.example:8000"),
        (False, {"HTTP_HOST": "a", "HTTP_X_FORWARDED_HOST": "b"}, "a"),
        (True, {"HTTP_HOST": "a", "HTTP_X_FORWARDED_HOST": "b"}, "b"),
        (True, {"HTTP_HOST": "a"}, "a"),
    ],
)
def test_the_host_is_the_client_s(settings, trusted, headers, host):
    settings.set(USE_X_FORWARDED_HOST=trusted)

    assert requests.host(RequestFactory().get("/", **headers)) == host


@pytest.mark.parametrize(
    ("request_", "version"),
    [
        (RequestFactory().get("/"), "HTTP/1.1"),
        (RequestFactory().get("/", SERVER_PROTOCOL="HTTP/1.0"), "HTTP/1.0"),
        (AsyncRequestFactory().get("/"), "HTTP/1.1"),
    ],
)
def test_the_version_of_the_protocol(request_, version):
    assert requests.http_version(request_) == version


def test_a_form_is_known_once_the_view_has_parsed_it():
    file = SimpleUploadedFile("a.bin", b"contents", "image/png")
    request = RequestFactory().post("/", {"title": ["x", "y"], "f": file})
    assert requests.parsed_form(request) is None

    assert request.POST

    assert requests.parsed_form(request) == [
        FormField("title", "x"),
        FormField("title", "y"),
        FormField("f", None, "a.bin", "image/png"),
    ]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [(b"{}", "application/json"), (b"a=1", "application/x-www-form-urlencoded")],
)
def test_a_body_that_is_not_multipart_has_no_parsed_fields(body, content_type):
    request = RequestFactory().post("/", body, content_type=content_type)

    assert isinstance(request.POST, dict)

    assert requests.parsed_form(request) is None
