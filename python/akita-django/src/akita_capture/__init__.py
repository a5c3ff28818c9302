"""Capture of HTTP calls for Akita, whatever the framework.

:class:`AkitaWSGI` and :class:`AkitaASGI` wrap any application.
A framework's integration makes an :class:`Exchange` of references to one call and
hands it to a :class:`Recorder`. The recorder's own threads do the rest: convert
it to HAR, batch it, and hand it to the Akita daemon beside the application.

Capture is a guest in somebody's process: nothing here raises into the
application, blocks it, or grows without bound. What cannot be captured is dropped
and counted.
"""

from .asgi import AkitaASGI
from .config import Address, Config, ConfigError
from .exchange import Body, Exchange, FormField
from .recorder import Recorder
from .trace import Trace
from .version import __version__
from .wsgi import AkitaWSGI

__all__ = [
    "Address",
    "AkitaASGI",
    "AkitaWSGI",
    "Body",
    "Config",
    "ConfigError",
    "Exchange",
    "FormField",
    "Recorder",
    "Trace",
    "__version__",
]
