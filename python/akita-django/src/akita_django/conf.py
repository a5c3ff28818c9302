"""Reads the middleware's settings from Django's."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name for it

from akita_capture.settings import NAMES, Reader, from_environment

MIDDLEWARE = "akita_django.middleware.AkitaMiddleware"

_ALSO_FROM_ENVIRONMENT = ("AKITA_DAEMON_TOKEN", "AKITA_DAEMON_TOKEN_FILE")


def lookup(name: str) -> Any:
    """Return a setting or ``None``; the token is read from the environment too."""
    value = getattr(settings, name, None)
    if value is None and name in _ALSO_FROM_ENVIRONMENT:
        return from_environment(name)
    return value


def silent() -> bool:
    """Report whether tests run (Django's runner, pytest-django) and capture is not asked for."""
    utils = sys.modules.get("django.test.utils")
    # setup_test_environment() saves here what it replaces.
    state = getattr(utils, "_TestState", None)
    return hasattr(state, "saved_data") and lookup("AKITA_ENABLED") is None


def problems() -> list[CheckMessage]:
    """Return what is wrong with the settings, each with a hint."""
    reader = Reader(lookup)
    reader.config()
    found = [
        (Error if problem.id.startswith("E") else Warning)(
            problem.text, hint=problem.hint, id=f"akita.{problem.id}"
        )
        for problem in reader.problems
    ]
    return [*found, *_misspelt(), *_misplaced()]


def _misspelt() -> Iterator[CheckMessage]:
    for name in dir(settings):
        if name.startswith("AKITA_") and name not in NAMES:
            close = get_close_matches(name, NAMES, 1)
            hint = f"Did you mean {close[0]}?" if close else f"Known are {', '.join(NAMES)}."
            yield Warning(f"{name} is not a setting of Akita.", hint=hint, id="akita.W010")


def _misplaced() -> Iterator[CheckMessage]:
    count = list(settings.MIDDLEWARE).count(MIDDLEWARE)
    if count == 0:
        yield Warning(
            "AkitaMiddleware is not in MIDDLEWARE: nothing is captured.",
            hint=f'Add "{MIDDLEWARE}" to MIDDLEWARE, as one of the first.',
            id="akita.W011",
        )
    elif count > 1:
        yield Warning(
            f"AkitaMiddleware is in MIDDLEWARE {count} times: only the first one captures.",
            hint="Keep the first and remove the others.",
            id="akita.W011",
        )
