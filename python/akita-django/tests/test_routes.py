"""Django's routes: their parameters and views."""

from __future__ import annotations

import pytest

from akita_django.routes import converters


@pytest.mark.parametrize(
    ("route", "result"),
    [
        ("", {}),
        ("a/<int:pk>/<name>/", {"pk": "int", "name": "str"}),
        (r"^a/(?P<pk>[0-9]+)/<yyyy:year>/$", {"year": "yyyy"}),
    ],
)
def test_the_converters_of_a_route(route, result):
    assert dict(converters(route)) == result
