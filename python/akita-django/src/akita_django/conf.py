"""The four settings, and what can be wrong with them."""

from __future__ import annotations

import os
import socket
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name for it

from akita_capture.config import (
    DEFAULT_MAX_QUEUE_LEN,
    DEFAULT_PORT,
    Config,
    ConfigError,
    parse_address,
)


def read() -> tuple[Config | None, list[CheckMessage]]:
    """Read the settings.

    Returns what a recorder needs, ``None`` where it cannot work with them, and what
    is wrong with them.
    """
    problems: list[CheckMessage] = []
    service = _read_service(problems)
    client_name = _read_client_name(problems)
    address = _read_daemon_host(problems)
    max_queue_len = _read_max_queue_len(problems)
    if service is None or address is None:
        return None, problems
    host, port = address
    return Config(service, client_name, host, port, max_queue_len), problems


def _setting(name: str) -> Any:
    return getattr(settings, name, None)


def _read_service(problems: list[CheckMessage]) -> str | None:
    value = _setting("AKITA_SERVICE_NAME")
    if isinstance(value, str) and value.strip():
        return value.strip()
    what = "is not set" if value in (None, "") else f"is {value!r}, which is no name"
    problems.append(
        Error(
            f"AKITA_SERVICE_NAME {what}: AkitaMiddleware captures nothing.",
            hint='Set it to the name of your project in Akita: AKITA_SERVICE_NAME = "my-project".',
            id="akita.E001",
        )
    )
    return None


def _read_client_name(problems: list[CheckMessage]) -> str:
    value = _setting("AKITA_MIDDLEWARE_NAME")
    if isinstance(value, str) and value.strip():
        return value.strip()
    if value is not None:
        problems.append(
            Warning(
                f"AKITA_MIDDLEWARE_NAME is {value!r}, which is no name: the hostname is used.",
                hint="Set it to a name to recognise this deployment by, or leave it out.",
                id="akita.W001",
            )
        )
    return socket.gethostname()


def _read_daemon_host(problems: list[CheckMessage]) -> tuple[str, int] | None:
    value = _setting("AKITA_DAEMON_HOST")
    if value is None:
        # The variable that moves the daemon in a Heroku dyno moves us with it.
        value = f"localhost:{os.environ.get('AKITA_DAEMON_PORT') or DEFAULT_PORT}"
    try:
        return parse_address(value)
    except ConfigError as error:
        problems.append(
            Warning(
                f"AKITA_DAEMON_HOST cannot be used: {error}. AkitaMiddleware captures nothing.",
                hint='Set it to where `akita daemon` listens, such as "localhost:50080".',
                id="akita.W002",
            )
        )
        return None


def _read_max_queue_len(problems: list[CheckMessage]) -> int:
    value = _setting("AKITA_MAX_QUEUE_LEN")
    if value is None:
        return DEFAULT_MAX_QUEUE_LEN
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    problems.append(
        Warning(
            f"AKITA_MAX_QUEUE_LEN is {value!r}, which is no number of calls: "
            f"{DEFAULT_MAX_QUEUE_LEN} is used.",
            hint="Set it to a whole number from 1 up, or leave it out.",
            id="akita.W003",
        )
    )
    return DEFAULT_MAX_QUEUE_LEN
