"""The Django app, with which `manage.py check` checks the settings."""

from __future__ import annotations

from django.apps import AppConfig


class AkitaConfig(AppConfig):
    """Registers the system checks before the middleware is first imported.

    Having it in ``INSTALLED_APPS`` is optional.
    """

    name = "akita_django"
    verbose_name = "Akita"

    def ready(self) -> None:
        """Register the checks."""
        from . import checks  # noqa: F401 - importing it registers them
