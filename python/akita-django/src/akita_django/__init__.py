"""Akita for Django: see what your API really does, from its own traffic.

Add ``akita_django.middleware.AkitaMiddleware`` to ``MIDDLEWARE`` and set
``AKITA_SERVICE_NAME``. :func:`exempt` keeps a view out of it, :func:`stats` tells what
was captured and what was not; in tests, use ``akita_django.test.Client``.
"""

from akita_capture.recorders import stats
from akita_capture.version import __version__

from .exempt import exempt

__all__ = ["__version__", "exempt", "stats"]
