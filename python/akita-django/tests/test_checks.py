"""Django's system checks of the settings."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

MIDDLEWARE = ["akita_django.middleware.AkitaMiddleware"]


@pytest.mark.parametrize(
    ("middleware", "what"), [([], "not in MIDDLEWARE"), (MIDDLEWARE * 2, "2 times")]
)
def test_a_middleware_that_is_missing_or_repeated_is_reported(settings, middleware, what):
    settings.set(MIDDLEWARE=middleware)

    (problem,) = run_checks(tags=["akita"])

    assert problem.id == "akita.W011"
    assert what in problem.msg
    assert "MIDDLEWARE" in problem.hint or "Keep" in problem.hint
