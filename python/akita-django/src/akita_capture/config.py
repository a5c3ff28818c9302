"""The configuration of a recorder."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Union

from .consumer import Rule

DEFAULT_PORT = 50080
DEFAULT_MAX_QUEUE_LEN = 1000
DEFAULT_MAX_BODY_BYTES = 1 << 20
MIN_TOKEN_LEN = 16

PathRule = Union[str, "re.Pattern[str]"]
"""A path prefix of whole segments, or a regular expression that matches from the start."""

_HOST_PORT = re.compile(
    r"""(?: \[ (?P<ipv6> [0-9A-Fa-f:.]+ ) \] | (?P<host> [A-Za-z0-9._-]+ ) )
        (?: : (?P<port> [0-9]{1,5} ) )?""",
    re.VERBOSE,
)
_UNIX = "unix:"


class ConfigError(ValueError):
    """A setting that cannot be used; the message says what is wrong with it."""


@dataclass(frozen=True)
class Address:
    """Where the daemon listens: a host and a port, or a Unix socket."""

    host: str = "localhost"
    port: int = DEFAULT_PORT
    path: str = ""
    """The path of the Unix socket; host and port are ignored then."""

    @property
    def is_local(self) -> bool:
        """Whether only this machine can listen there: a Unix socket or loopback."""
        if self.path or self.host.lower() == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        if self.path:
            return f"{_UNIX}{self.path}"
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Config:
    """The settings of one recorder. Equal settings share a recorder."""

    service: str
    """The name of the project in Akita."""
    client_name: str
    """The name of this deployment in the console."""
    address: Address = Address()
    """Where the daemon listens."""
    token: str = field(default="", repr=False)
    """The secret shared with the daemon; empty without one."""
    token_file: str = ""
    """The file that holds the secret, read for each new connection; empty without one."""
    max_queue_len: int = DEFAULT_MAX_QUEUE_LEN
    """How many calls may wait to be sent; more are dropped and counted."""
    max_queue_bytes: int = 32 << 20
    """How many bytes of bodies may wait to be sent; more are dropped and counted."""
    max_body_bytes: int = DEFAULT_MAX_BODY_BYTES
    """How much of each body is kept, in bytes."""
    exclude_paths: tuple[PathRule, ...] = ()
    """The paths that are never captured."""
    report_openapi: bool = True
    """Whether the document that the application generates is reported."""
    sample_rate: float = 1.0
    """The share of calls to capture, 0 to 1; it multiplies with the trace's own rate."""

    consumer: Rule = None
    """How consumers are named."""

    @property
    def excluded(self) -> Callable[[str], bool] | None:
        """A function that reports whether a path is excluded; ``None`` without exclusions."""
        if not self.exclude_paths:
            return None
        tests = [_pattern(rule).match for rule in self.exclude_paths]
        return lambda path: any(test(path) for test in tests)


def _pattern(rule: PathRule) -> re.Pattern[str]:
    if isinstance(rule, str):
        below = "" if rule.endswith("/") else "(?:/|$)"
        return re.compile(re.escape(rule) + below)
    return rule


def parse_address(address: object) -> Address:
    """Parse ``host``, ``host:port``, ``[ipv6]``, ``[ipv6]:port`` or ``unix:/path``."""
    if isinstance(address, str) and address.startswith(_UNIX):
        path = address[len(_UNIX) :]
        if not path.startswith("/"):
            raise ConfigError(f"{address!r} must have the form unix:/path, with an absolute path")
        return Address(path=path)
    match = _HOST_PORT.fullmatch(address) if isinstance(address, str) else None
    if match is None:
        raise ConfigError(f"{address!r} must have the form host:port or unix:/path")
    port = int(match["port"] or DEFAULT_PORT)
    if not 0 < port < 65536:
        raise ConfigError(f"{address!r} has a port outside 1 to 65535")
    return Address(match["ipv6"] or match["host"], port)
