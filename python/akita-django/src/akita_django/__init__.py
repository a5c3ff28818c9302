"""Akita for Django: see what your API really does, from its own traffic.

Add ``akita_django.middleware.AkitaMiddleware`` to ``MIDDLEWARE`` and set
``AKITA_SERVICE_NAME``; in tests, use ``akita_django.test.Client``.
"""

from akita_capture.version import __version__

from .recorders import stats

__all__ = ["__version__", "stats"]
