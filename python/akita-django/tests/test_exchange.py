"""How much memory a call holds."""

from __future__ import annotations

import dataclasses

import pytest

from akita_capture import Body, Exchange, FormField

pytestmark = pytest.mark.any_django


def test_the_footprint_counts_bodies_and_form_fields():
    small, body = Exchange((), 0.0, "POST", "http", "h", "/", "", "HTTP/1.1", (), None), b"x" * 1000
    answered = dataclasses.replace(small, response_body=Body([body], 1000))
    sent = dataclasses.replace(small, request_body=Body([body], 1000))
    parsed = dataclasses.replace(
        small,
        request_body=Body(size=1000),
        form=[FormField("title", "x" * 1000), FormField("file", None, "a.bin")],
    )

    assert {e.footprint() - small.footprint() for e in (answered, sent, parsed)} == {1000}
