"""Akita for Django.

Add ``akita_django.middleware.AkitaMiddleware`` to ``MIDDLEWARE`` and set
``AKITA_SERVICE_NAME``. :func:`exempt` excludes a view, :func:`set_consumer` names who makes a
call, and :func:`stats` counts what was captured and what was not. In tests, use
``akita_django.test.Client``.
"""

import django

from akita_capture.consumer import set_consumer
from akita_capture.recorders import stats
from akita_capture.version import __version__

if django.VERSION < (4, 2):
    raise ImportError(f"akita-django needs Django 4.2 or later; this is {django.__version__}")

from .exempt import exempt

__all__ = ["__version__", "exempt", "set_consumer", "stats"]
