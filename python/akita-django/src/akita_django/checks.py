"""Django system checks of the settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register

from . import conf


@register("akita")
def check_settings(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - what Django calls a check with
    **kwargs: Any,  # noqa: ARG001
) -> list[CheckMessage]:
    """Report what is wrong with the settings, with a hint each."""
    return conf.problems()
