"""Django system checks of the settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register

from . import conf


@register("akita")
def check_settings(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django passes it
    **kwargs: Any,  # noqa: ARG001
) -> list[CheckMessage]:
    """Return what is wrong with the settings, each with a hint."""
    return conf.problems()
