"""Capture of HTTP calls for Akita, for any framework.

:class:`AkitaWSGI` and :class:`AkitaASGI` wrap any application.
A framework's integration makes an :class:`Exchange` of references to one call and
hands it to a :class:`Recorder`. The recorder's own threads do the rest: they convert
it to HAR, batch it, and send it to the Akita daemon beside the application.

This code is a guest in the application's process. It never raises into the
application, never blocks it, and never grows without bound. Calls that cannot be
captured are dropped and counted.
"""

from .asgi import AkitaASGI
from .config import Address, Config, ConfigError
from .consumer import set_consumer
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
    "set_consumer",
]
