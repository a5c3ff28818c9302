"""The documents that libraries for OpenAPI generate."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SITE = Path(__file__).with_name("site_openapi.py")


def generated(library):
    """Return what a project with the library generates, and what its command prints."""
    process = subprocess.run(
        [sys.executable, "-W", "ignore", SITE, library],
        stdout=subprocess.PIPE,
        cwd=SITE.parent,
        check=True,
    )
    return json.loads(process.stdout)


@pytest.mark.parametrize("library", ["drf-spectacular", "drf-yasg", "django-ninja"])
def test_the_document_is_that_of_the_command(library):
    site = generated(library)
    assert site["generator"] == library
    assert site["document"] == site["command"]
    assert len(site["document"]["paths"]) >= 1
    assert site["stderr"] == ""


@pytest.mark.any_django
def test_several_apis_of_django_ninja_are_one_document():
    document = generated("django-ninja-twice")["document"]
    paths = document["paths"]
    assert list(paths) == ["/v1/things/{pk}", "/v2/things/{pk}"]
    for version, schema in (("1", "Thing"), ("2", "Thing.2")):
        answer = paths[f"/v{version}/things/{{pk}}"]["get"]["responses"]["200"]
        content = answer["content"]["application/json"]["schema"]
        assert content == {"$ref": f"#/components/schemas/{schema}"}
        assert f"only_{version}" in document["components"]["schemas"][schema]["properties"]


@pytest.mark.any_django
def test_an_application_without_a_library_has_no_document():
    assert generated("none")["generator"] is None
