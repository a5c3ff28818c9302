"""Reads and checks the settings.

They have the same names and meanings in Django's settings and in the environment. As
arguments they are in lower case and without ``AKITA_``.
"""

from __future__ import annotations

import importlib
import os
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .config import (
    DEFAULT_MAX_BODY_BYTES,
    DEFAULT_MAX_QUEUE_LEN,
    DEFAULT_PORT,
    MIN_TOKEN_LEN,
    Address,
    Config,
    ConfigError,
    PathRule,
    parse_address,
)
from .consumer import Rule

NAMES = (
    "AKITA_SERVICE_NAME",
    "AKITA_MIDDLEWARE_NAME",
    "AKITA_DAEMON_HOST",
    "AKITA_DAEMON_ALLOW_REMOTE",
    "AKITA_DAEMON_TOKEN",
    "AKITA_DAEMON_TOKEN_FILE",
    "AKITA_ENABLED",
    "AKITA_EXCLUDE_PATHS",
    "AKITA_REPORT_OPENAPI",
    "AKITA_CONSUMER",
    "AKITA_SAMPLE_RATE",
    "AKITA_MAX_BODY_BYTES",
    "AKITA_MAX_QUEUE_LEN",
)


@dataclass(frozen=True)
class Problem:
    """A wrong setting: what is wrong, what follows from it, and what to do."""

    id: str
    """``E…`` if nothing can be captured without the setting, else ``W…``."""
    text: str
    hint: str


class UnusableError(Exception):
    """Carries a problem that prevents capture."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


_MISSING = object()

Lookup = Callable[[str], Any]
"""Returns a setting by its name, or ``None``."""


class Reader:
    """Reads settings and collects what is wrong with them.

    A wrong setting is replaced by its default. If the default would capture more than
    was asked for, nothing is captured.
    """

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self.problems: list[Problem] = []
        """What is wrong with the settings read so far."""

    def config(self) -> Config | None:
        """Return a recorder's configuration; ``None`` if it cannot work or is disabled."""
        try:
            if not self._enabled():
                return None
        except UnusableError as error:
            self.problems.append(error.problem)
            return None
        parts = {name: self._part(read) for name, read in self._parts().items()}
        return None if _MISSING in parts.values() else Config(**parts)

    def _parts(self) -> dict[str, Callable[[], Any]]:
        return {
            "service": self._service,
            "client_name": self._client_name,
            "address": self._address,
            "token": self._token,
            "token_file": self._token_file,
            "exclude_paths": self._exclude_paths,
            "report_openapi": self._report_openapi,
            "consumer": self.consumer,
            "sample_rate": self._sample_rate,
            "max_body_bytes": self._max_body_bytes,
            "max_queue_len": self._max_queue_len,
        }

    def _part(self, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except UnusableError as error:
            self.problems.append(error.problem)
            return _MISSING

    def _enabled(self) -> bool:
        return self._flag("AKITA_ENABLED", "W004", default=True)

    def _flag(self, name: str, problem_id: str, *, default: bool) -> bool:
        value = self._lookup(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        raise _unusable(
            problem_id,
            f"{name} is {value!r}, must be True or False",
            "Set it to True or False, or remove it.",
        )

    def _report_openapi(self) -> bool:
        return self._flag("AKITA_REPORT_OPENAPI", "W014", default=True)

    def _service(self) -> str:
        value = self._lookup("AKITA_SERVICE_NAME")
        if isinstance(value, str) and value.strip():
            return value.strip()
        what = "is not set" if value in (None, "") else f"is {value!r}, must be a name"
        raise _unusable(
            "E001",
            f"AKITA_SERVICE_NAME {what}",
            'Set it to the name of your project in Akita: AKITA_SERVICE_NAME = "my-project" '
            "(a Django setting, or service_name= of AkitaWSGI and AkitaASGI, or the environment).",
        )

    def _client_name(self) -> str:
        value = self._lookup("AKITA_MIDDLEWARE_NAME")
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is not None:
            self._warn(
                "W001",
                f"AKITA_MIDDLEWARE_NAME is {value!r}, must be a name: the hostname is used.",
                "Set it to a name that identifies this deployment, or remove it.",
            )
        return socket.gethostname()

    def _address(self) -> Address:
        value = self._lookup("AKITA_DAEMON_HOST")
        if value is None:
            # The Heroku buildpack sets the daemon's port with this variable.
            value = f"localhost:{os.environ.get('AKITA_DAEMON_PORT') or DEFAULT_PORT}"
        try:
            address = parse_address(value)
        except ConfigError as error:
            raise _unusable(
                "W002",
                f"AKITA_DAEMON_HOST is not valid: {error}",
                'Set it to the address of `akita daemon`, such as "localhost:50080" or '
                '"unix:/run/akita/daemon.sock".',
            ) from error
        if address.is_local or self._flag("AKITA_DAEMON_ALLOW_REMOTE", "W013", default=False):
            return address
        raise _unusable(
            "W013",
            f"AKITA_DAEMON_HOST is {value!r}, which is not on this machine",
            "Requests and responses would be sent there with all their values and without "
            "encryption. Run `akita daemon` beside the application and use a loopback address or "
            "a Unix socket, or set AKITA_DAEMON_ALLOW_REMOTE to True.",
        )

    def _token(self) -> str:
        value = self._lookup("AKITA_DAEMON_TOKEN")
        if value is None:
            return ""
        if isinstance(value, str) and len(value.strip()) >= MIN_TOKEN_LEN:
            return value.strip()
        raise _unusable(
            "W008",
            f"AKITA_DAEMON_TOKEN must be text of at least {MIN_TOKEN_LEN} characters",
            "Set it to the token of `akita daemon`, or remove it if the daemon has none.",
        )

    def _token_file(self) -> str:
        value = self._lookup("AKITA_DAEMON_TOKEN_FILE")
        if value is None:
            return ""
        if isinstance(value, (str, os.PathLike)) and os.fspath(value):
            return str(os.fspath(value))
        raise _unusable(
            "W009",
            f"AKITA_DAEMON_TOKEN_FILE is {value!r}, must be a path",
            "Set it to the file that `akita daemon --token-file` names, or remove it.",
        )

    def _exclude_paths(self) -> tuple[PathRule, ...]:
        value = self._lookup("AKITA_EXCLUDE_PATHS")
        if value is None:
            return ()
        rules = tuple(value) if isinstance(value, (list, tuple)) else (value,)
        wrong = [rule for rule in rules if not _is_rule(rule)]
        if isinstance(value, (list, tuple)) and not wrong:
            return rules
        what = f"contains {wrong[0]!r}" if wrong else f"is {value!r}, must be a list"
        raise _unusable(
            "W006",
            f"AKITA_EXCLUDE_PATHS {what}",
            'Set it to a list of prefixes that begin with "/", such as ["/healthz", "/admin/"], '
            "or compiled regular expressions.",
        )

    def consumer(self) -> Rule:
        """Return how consumers are named: by a function, by headers, or not."""
        value = self._lookup("AKITA_CONSUMER")
        if isinstance(value, str) and "." in value:
            value = self._imported(value)
        if value is None or callable(value):
            rule: Rule = value
            return rule
        headers = (value,) if isinstance(value, str) else value
        if not isinstance(headers, (list, tuple)) or not headers:
            what = f"is {value!r}, must be a function or names of headers"
        elif wrong := [name for name in headers if not _is_header(name)]:
            what = f"contains {wrong[0]!r}, which is no name of a header"
        elif secret := [name for name in headers if _HOLDS_OTHERS.search(name)]:
            what = f"contains {secret[0]!r}, whose values are no labels of programs"
        else:
            return tuple(name.lower().replace("_", "-") for name in headers)
        self._warn_of_consumer(what)
        return None

    def _imported(self, path: str) -> Callable[[Any], Any] | None:
        module, _, name = path.rpartition(".")
        try:
            function = getattr(importlib.import_module(module), name)
        except Exception as error:  # noqa: BLE001 - importing runs code of the application
            self._warn_of_consumer(
                f"is {path!r}, which cannot be imported ({type(error).__name__})"
            )
            return None
        if callable(function):
            return function  # type: ignore[no-any-return]
        self._warn_of_consumer(f"is {path!r}, which is not a function")
        return None

    def _warn_of_consumer(self, what: str) -> None:
        self._warn(
            "W014",
            f"AKITA_CONSUMER {what}: consumers are named by set_consumer() only.",
            'Set it to the dotted path of a function, such as "shop.api.consumer", or to the names '
            'of headers that hold the label of a program, such as ["X-Client-Name"].',
        )

    def _sample_rate(self) -> float:
        value = self._lookup("AKITA_SAMPLE_RATE")
        if value is None:
            return 1.0
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        raise _unusable(
            "W007",
            f"AKITA_SAMPLE_RATE is {value!r}, must be a number between 0 and 1",
            "Set it to a number such as 0.1, for one call in ten, or remove it.",
        )

    def _max_body_bytes(self) -> int:
        return self._count("AKITA_MAX_BODY_BYTES", "W005", DEFAULT_MAX_BODY_BYTES)

    def _max_queue_len(self) -> int:
        return self._count("AKITA_MAX_QUEUE_LEN", "W003", DEFAULT_MAX_QUEUE_LEN)

    def _count(self, name: str, problem_id: str, default: int) -> int:
        value = self._lookup(name)
        if value is None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self._warn(
            problem_id,
            f"{name} is {value!r}, must be a positive integer: {default} is used.",
            "Set it to a positive integer, or remove it.",
        )
        return default

    def _warn(self, problem_id: str, text: str, hint: str) -> None:
        self.problems.append(Problem(problem_id, text, hint))


def _unusable(problem_id: str, text: str, hint: str) -> UnusableError:
    return UnusableError(Problem(problem_id, f"{text}: nothing is captured.", hint))


_HEADER = re.compile("[A-Za-z0-9_-]{1,64}")
_HOLDS_OTHERS = re.compile("auth|cookie|token|secret|key|session|passw|user-agent|forwarded", re.I)


def _is_header(name: object) -> bool:
    return isinstance(name, str) and _HEADER.fullmatch(name) is not None


def _is_rule(rule: object) -> bool:
    if isinstance(rule, str):
        return rule.startswith("/")
    return isinstance(rule, re.Pattern) and isinstance(rule.pattern, str)


def from_environment(name: str) -> Any:
    """Return a setting from the environment; ``None`` if it is not set or empty."""
    text = os.environ.get(name, "").strip()
    if not text:
        return None
    try:
        return _PARSERS.get(name, str)(text)
    except ValueError:
        return text  # the Reader reports it


def _boolean(text: str) -> bool:
    if text.lower() in ("1", "true", "yes", "on"):
        return True
    if text.lower() in ("0", "false", "no", "off"):
        return False
    raise ValueError(text)


_PARSERS: dict[str, Callable[[str], Any]] = {
    "AKITA_ENABLED": _boolean,
    "AKITA_DAEMON_ALLOW_REMOTE": _boolean,
    "AKITA_EXCLUDE_PATHS": lambda text: [path.strip() for path in text.split(",")],
    "AKITA_CONSUMER": lambda text: (
        text if "." in text else [name.strip() for name in text.split(",")]
    ),
    "AKITA_SAMPLE_RATE": float,
    "AKITA_MAX_BODY_BYTES": int,
    "AKITA_MAX_QUEUE_LEN": int,
}
