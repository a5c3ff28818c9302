"""Wrong settings are reported with a hint, and the application runs on."""

from __future__ import annotations

import logging
import re
import socket

import apps
import pytest
from apps import Call
from django.core.checks import run_checks

from akita_capture.config import Address
from akita_capture.settings import Reader, from_environment
from akita_django import checks, conf

MIDDLEWARE = ["akita_django.middleware.AkitaMiddleware"]
__all__ = ["checks"]  # importing them registers them

TOKEN = "0123456789abcdef"


def read():
    reader = Reader(conf.lookup)
    return reader.config(), reader.problems


def test_good_settings(settings):
    settings.set(
        AKITA_SERVICE_NAME=" demo ",
        AKITA_DAEMON_HOST="[::1]:1",
        AKITA_DAEMON_TOKEN=f" {TOKEN}\n",
        AKITA_ENABLED=True,
        AKITA_EXCLUDE_PATHS=["/healthz", re.compile("/x")],
        AKITA_SAMPLE_RATE=0.5,
        AKITA_MAX_BODY_BYTES=5,
        AKITA_MAX_QUEUE_LEN=7,
    )

    config, problems = read()

    assert problems == []
    assert (config.service, config.client_name) == ("demo", "django-test")
    assert config.address == Address("::1", 1)
    assert (config.token, config.token_file) == (TOKEN, "")
    assert config.exclude_paths == ("/healthz", re.compile("/x"))
    assert (config.sample_rate, config.max_body_bytes, config.max_queue_len) == (0.5, 5, 7)
    assert TOKEN not in repr(config)


@pytest.mark.parametrize(("variable", "port"), [(None, 50080), ("", 50080), ("5555", 5555)])
def test_defaults(settings, monkeypatch, variable, port):
    settings.set(AKITA_MIDDLEWARE_NAME=None, AKITA_DAEMON_HOST=None)
    monkeypatch.delenv("AKITA_DAEMON_PORT", raising=False)
    if variable is not None:
        monkeypatch.setenv("AKITA_DAEMON_PORT", variable)

    config, problems = read()

    assert problems == []
    assert config.client_name == socket.gethostname()
    assert config.address == Address("localhost", port)
    assert (config.token, config.token_file, config.exclude_paths) == ("", "", ())
    assert (config.sample_rate, config.max_body_bytes) == (1.0, 1 << 20)
    assert config.max_queue_len == 1000


@pytest.mark.parametrize(
    ("host", "allowed", "used"),
    [("daemon:1", True, True), ("daemon:1", False, False), ("localhost:1", False, True)],
)
def test_a_daemon_on_another_machine_must_be_allowed(settings, host, allowed, used):
    settings.set(AKITA_DAEMON_HOST=host, AKITA_DAEMON_ALLOW_REMOTE=allowed)

    config, problems = read()

    assert (config is not None, problems == []) == (used, used)


def test_a_wrong_value_does_not_allow_another_machine(settings):
    settings.set(AKITA_DAEMON_HOST="daemon:1", AKITA_DAEMON_ALLOW_REMOTE="yes")

    config, (problem,) = read()

    assert config is None
    assert problem.text.startswith("AKITA_DAEMON_ALLOW_REMOTE is 'yes', must be True or False")


WRONG = [
    # setting, value, check, message, hint, whether nothing is captured
    ("SERVICE_NAME", None, "E001", "is not set", "my-project", True),
    ("SERVICE_NAME", "", "E001", "is not set", "my-project", True),
    ("SERVICE_NAME", " ", "E001", "' ', must be a name", "my-project", True),
    ("SERVICE_NAME", 5, "E001", "5, must be a name", "my-project", True),
    ("MIDDLEWARE_NAME", 5, "W001", "the hostname is used", "remove it", False),
    ("DAEMON_HOST", "http://x", "W002", "must have the form host:port", "localhost:50080", True),
    ("DAEMON_HOST", "x:99999", "W002", "port outside 1 to 65535", "localhost:50080", True),
    ("DAEMON_HOST", "unix:x", "W002", "the form unix:/path", "unix:/run/akita", True),
    ("DAEMON_HOST", "10.0.0.1:50080", "W013", "not on this machine", "ALLOW_REMOTE", True),
    ("DAEMON_HOST", "daemon", "W013", "not on this machine", "loopback address", True),
    ("MAX_QUEUE_LEN", 0, "W003", "1000 is used", "a positive integer", False),
    ("MAX_QUEUE_LEN", "9", "W003", "1000 is used", "a positive integer", False),
    ("MAX_QUEUE_LEN", True, "W003", "1000 is used", "a positive integer", False),
    ("ENABLED", "no", "W004", "must be True or False", "True or False", True),
    ("MAX_BODY_BYTES", -1, "W005", "1048576 is used", "a positive integer", False),
    ("EXCLUDE_PATHS", "/x", "W006", "'/x', must be a list", "a list of prefixes", True),
    ("EXCLUDE_PATHS", ["x"], "W006", "contains 'x'", "begin with", True),
    ("EXCLUDE_PATHS", ["/x", 5], "W006", "contains 5", "begin with", True),
    ("EXCLUDE_PATHS", [re.compile(b"/")], "W006", "contains", "regular expressions", True),
    (
        "SAMPLE_RATE",
        10,
        "W007",
        "10, must be a number",
        "one call in ten",
        True,
    ),
    (
        "SAMPLE_RATE",
        "1",
        "W007",
        "'1', must be a number between 0 and 1",
        "one call in ten",
        True,
    ),
    ("DAEMON_TOKEN", "short", "W008", "at least 16 characters", "token of `akita daemon`", True),
    ("DAEMON_TOKEN", b"0" * 32, "W008", "must be text", "token of `akita daemon`", True),
    ("DAEMON_TOKEN_FILE", 5, "W009", "5, must be a path", "--token-file", True),
    ("CONSUMER", 5, "W014", "5, must be a function or names", "shop.api.consumer", False),
    ("CONSUMER", [], "W014", "[], must be a function or names", "X-Client-Name", False),
    ("CONSUMER", ["a b"], "W014", "'a b', which is no name of a header", "X-Client-Name", False),
    ("CONSUMER", "Authorization", "W014", "no labels of programs", "X-Client-Name", False),
    ("CONSUMER", ["X-Api-Key"], "W014", "no labels of programs", "X-Client-Name", False),
    ("CONSUMER", "no.such.function", "W014", "cannot be imported (Module", "shop.api", False),
    ("CONSUMER", "os.sep", "W014", "which is not a function", "shop.api", False),
    ("DEAMON_HOST", "x", "W010", "not a setting of Akita", "mean AKITA_DAEMON_HOST", False),
    ("WXYZ", "x", "W010", "not a setting of Akita", "Known are AKITA_SERVICE_NAME", False),
]


@pytest.mark.parametrize(("setting", "value", "check", "what", "hint", "inert"), WRONG)
def test_wrong_settings(settings, caplog, setting, value, check, what, hint, inert):
    settings.set(**{f"AKITA_{setting}": value})

    (problem,) = run_checks(tags=["akita"])
    assert problem.id == f"akita.{check}"
    assert setting in problem.msg
    assert what in problem.msg
    assert hint in problem.hint
    assert "short" not in problem.msg, "a token is never logged"

    assert (read()[0] is None) is inert
    if inert:
        settings.set(MIDDLEWARE=MIDDLEWARE)
        with caplog.at_level(logging.WARNING, "akita_middleware"):
            assert apps.wsgi(Call("GET", "/ok/")).status == 200
        assert what in caplog.text, "it is logged for those who never run the checks"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("AKITA_SERVICE_NAME", " demo ", "demo"),
        ("AKITA_SERVICE_NAME", "", None),
        ("AKITA_ENABLED", "False", False),
        ("AKITA_ENABLED", "1", True),
        ("AKITA_ENABLED", "perhaps", "perhaps"),
        ("AKITA_DAEMON_ALLOW_REMOTE", "yes", True),
        ("AKITA_EXCLUDE_PATHS", "/healthz, /admin/", ["/healthz", "/admin/"]),
        ("AKITA_CONSUMER", "X-Client, X-Program", ["X-Client", "X-Program"]),
        ("AKITA_CONSUMER", "shop.api.consumer", "shop.api.consumer"),
        ("AKITA_SAMPLE_RATE", "0.25", 0.25),
        ("AKITA_SAMPLE_RATE", "some", "some"),
        ("AKITA_MAX_BODY_BYTES", "4096", 4096),
        ("AKITA_MAX_QUEUE_LEN", "1e3", "1e3"),
    ],
)
def test_settings_of_the_environment(monkeypatch, name, text, value):
    monkeypatch.setenv(name, text)

    assert from_environment(name) == value
