"""What a recorder needs to know."""

from __future__ import annotations

import re
from dataclasses import dataclass

DEFAULT_PORT = 50080
DEFAULT_MAX_QUEUE_LEN = 1000

_HOST_PORT = re.compile(
    r"""(?: \[ (?P<ipv6> [0-9A-Fa-f:.]+ ) \] | (?P<host> [A-Za-z0-9._-]+ ) )
        (?: : (?P<port> [0-9]{1,5} ) )?""",
    re.VERBOSE,
)


class ConfigError(ValueError):
    """A setting that cannot be used; its message says what is wrong with it."""


@dataclass(frozen=True)
class Config:
    """The settings of one recorder. Two recorders of equal settings are one."""

    service: str
    """The name of the project in Akita."""
    client_name: str
    """How this middleware is called in the console."""
    host: str = "localhost"
    """The host that the daemon listens on."""
    port: int = DEFAULT_PORT
    """The port that the daemon listens on."""
    max_queue_len: int = DEFAULT_MAX_QUEUE_LEN
    """How many calls may wait to be sent; more are dropped and counted."""
    max_queue_bytes: int = 32 << 20
    """How many bytes of bodies may wait to be sent; more are dropped and counted."""
    max_body_bytes: int = 1 << 20
    """How much of each body is kept, in bytes."""

    @property
    def address(self) -> str:
        """The daemon's ``host:port``."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_address(address: object) -> tuple[str, int]:
    """Read ``host``, ``host:port`` or ``[ipv6]:port``; the port defaults to 50080."""
    match = _HOST_PORT.fullmatch(address) if isinstance(address, str) else None
    if match is None:
        raise ConfigError(f"{address!r} is not of the form host:port")
    port = int(match["port"] or DEFAULT_PORT)
    if not 0 < port < 65536:
        raise ConfigError(f"{address!r} has a port outside of 1 to 65535")
    return match["ipv6"] or match["host"], port
