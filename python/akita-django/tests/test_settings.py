"""Settings, right and wrong: a check with a hint, and an application that runs on."""

from __future__ import annotations

import logging
import re
import socket

import apps
import pytest
from apps import Call
from django.core.checks import run_checks

from akita_capture import activation
from akita_capture.config import Address
from akita_capture.log import make_visible
from akita_capture.settings import NAMES, Reader, from_environment
from akita_django import checks, conf

MIDDLEWARE = ["akita_django.middleware.AkitaMiddleware"]
__all__ = ["checks"]  # to import them is to register them

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


WRONG = [
    # setting, value, check, what is said, hint, whether nothing is captured
    ("SERVICE_NAME", None, "E001", "is not set", "my-project", True),
    ("SERVICE_NAME", "", "E001", "is not set", "my-project", True),
    ("SERVICE_NAME", " ", "E001", "' ', which is no name", "my-project", True),
    ("SERVICE_NAME", 5, "E001", "5, which is no name", "my-project", True),
    ("MIDDLEWARE_NAME", 5, "W001", "the hostname is used", "leave it out", False),
    ("DAEMON_HOST", "http://x", "W002", "not of the form host:port", "localhost:50080", True),
    ("DAEMON_HOST", "x:99999", "W002", "port outside of 1 to 65535", "localhost:50080", True),
    ("DAEMON_HOST", "unix:x", "W002", "form unix:/path", "unix:/run/akita", True),
    ("MAX_QUEUE_LEN", 0, "W003", "1000 is used", "whole number from 1", False),
    ("MAX_QUEUE_LEN", "9", "W003", "1000 is used", "whole number from 1", False),
    ("MAX_QUEUE_LEN", True, "W003", "1000 is used", "whole number from 1", False),
    ("ENABLED", "no", "W004", "neither true nor false", "True or False", True),
    ("MAX_BODY_BYTES", -1, "W005", "1048576 is used", "whole number from 1", False),
    ("EXCLUDE_PATHS", "/x", "W006", "'/x', which is no list", "a list of prefixes", True),
    ("EXCLUDE_PATHS", ["x"], "W006", "has 'x' in it", "begin with", True),
    ("EXCLUDE_PATHS", ["/x", 5], "W006", "has 5 in it", "begin with", True),
    ("EXCLUDE_PATHS", [re.compile(b"/")], "W006", "in it", "regular expressions", True),
    ("SAMPLE_RATE", 10, "W007", "10, which is no share", "0.1 for one call of ten", True),
    ("SAMPLE_RATE", "1", "W007", "'1', which is no share", "0.1 for one call of ten", True),
    ("DAEMON_TOKEN", "short", "W008", "at least 16 characters", "token of `akita daemon`", True),
    ("DAEMON_TOKEN", b"0" * 32, "W008", "is no text", "token of `akita daemon`", True),
    ("DAEMON_TOKEN_FILE", 5, "W009", "5, which is no path", "--token-file", True),
    ("DEAMON_HOST", "x", "W010", "no setting of Akita's", "mean AKITA_DAEMON_HOST", False),
    ("COLOUR", "x", "W010", "no setting of Akita's", "There are AKITA_SERVICE_NAME", False),
]


@pytest.mark.parametrize(("setting", "value", "check", "what", "hint", "inert"), WRONG)
def test_wrong_settings(settings, caplog, setting, value, check, what, hint, inert):
    settings.set(**{f"AKITA_{setting}": value})

    (problem,) = run_checks(tags=["akita"])
    assert problem.id == f"akita.{check}"
    assert setting in problem.msg
    assert what in problem.msg
    assert hint in problem.hint
    assert "short" not in problem.msg, "a token is told to nobody"

    assert (read()[0] is None) is inert
    if inert:
        settings.set(MIDDLEWARE=MIDDLEWARE)
        with caplog.at_level(logging.WARNING, "akita_middleware"):
            assert apps.wsgi(Call("GET", "/ok/")).status == 200
        assert what in caplog.text, "those who never run the checks are told as well"


@pytest.mark.parametrize(
    ("middleware", "what"), [([], "not in MIDDLEWARE"), (MIDDLEWARE * 2, "2 times")]
)
def test_a_middleware_that_is_misplaced(settings, middleware, what):
    settings.set(MIDDLEWARE=middleware)

    (problem,) = run_checks(tags=["akita"])

    assert problem.id == "akita.W011"
    assert what in problem.msg
    assert "MIDDLEWARE" in problem.hint or "Leave" in problem.hint


def test_switched_off_there_is_nothing_to_say(settings, monkeypatch, caplog):
    monkeypatch.setattr(activation, "recorder_for", lambda config: 1 / 0)
    settings.set(MIDDLEWARE=MIDDLEWARE, AKITA_ENABLED=False, AKITA_SERVICE_NAME=None)

    assert run_checks(tags=["akita"]) == []
    assert apps.wsgi(Call("GET", "/ok/")).status == 200
    assert caplog.text == ""


def test_nothing_raises_at_the_start(settings, monkeypatch, caplog):
    monkeypatch.setattr(activation, "recorder_for", lambda config: 1 / 0)
    settings.set(MIDDLEWARE=MIDDLEWARE)

    assert apps.wsgi(Call("GET", "/ok/")).status == 200
    assert apps.asgi(Call("GET", "/ok/")).status == 200
    assert "could not start" in caplog.text


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("AKITA_SERVICE_NAME", " demo ", "demo"),
        ("AKITA_SERVICE_NAME", "", None),
        ("AKITA_ENABLED", "False", False),
        ("AKITA_ENABLED", "1", True),
        ("AKITA_ENABLED", "perhaps", "perhaps"),
        ("AKITA_EXCLUDE_PATHS", "/healthz, /admin/", ["/healthz", "/admin/"]),
        ("AKITA_SAMPLE_RATE", "0.25", 0.25),
        ("AKITA_SAMPLE_RATE", "some", "some"),
        ("AKITA_MAX_BODY_BYTES", "4096", 4096),
        ("AKITA_MAX_QUEUE_LEN", "1e3", "1e3"),
    ],
)
def test_the_environment(monkeypatch, name, text, value):
    monkeypatch.setenv(name, text)

    assert from_environment(name) == value


def test_in_django_the_environment_gives_the_token_only(settings, monkeypatch):
    settings.set(AKITA_SERVICE_NAME=None, AKITA_DAEMON_TOKEN=None, AKITA_DAEMON_TOKEN_FILE=None)
    for name in NAMES:
        monkeypatch.setenv(name, TOKEN)

    assert conf.lookup("AKITA_SERVICE_NAME") is None
    assert conf.lookup("AKITA_DAEMON_TOKEN") == conf.lookup("AKITA_DAEMON_TOKEN_FILE") == TOKEN


def test_logging_that_somebody_has_configured_is_left_alone():
    logger = logging.getLogger("akita_middleware")
    assert logging.getLogger().handlers, "as pytest does"

    make_visible()

    assert (logger.handlers, logger.propagate) == ([], True)
