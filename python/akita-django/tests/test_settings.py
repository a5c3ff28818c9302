"""Settings, right and wrong: a check with a hint, and an application that runs on."""

from __future__ import annotations

import logging
import socket

import apps
import pytest
from apps import Call
from django.core.checks import run_checks

from akita_capture.log import make_visible
from akita_django import conf, middleware

MIDDLEWARE = ["akita_django.middleware.AkitaMiddleware"]


def test_good_settings(settings):
    settings.set(AKITA_SERVICE_NAME=" demo ", AKITA_DAEMON_HOST="[::1]:1", AKITA_MAX_QUEUE_LEN=7)

    config, problems = conf.read()

    assert problems == []
    assert (config.service, config.client_name) == ("demo", "django-test")
    assert (config.host, config.port, config.max_queue_len) == ("::1", 1, 7)


@pytest.mark.parametrize(("variable", "port"), [(None, 50080), ("", 50080), ("5555", 5555)])
def test_defaults(settings, monkeypatch, variable, port):
    settings.set(AKITA_MIDDLEWARE_NAME=None, AKITA_DAEMON_HOST=None, AKITA_MAX_QUEUE_LEN=None)
    monkeypatch.delenv("AKITA_DAEMON_PORT", raising=False)
    if variable is not None:
        monkeypatch.setenv("AKITA_DAEMON_PORT", variable)

    config, problems = conf.read()

    assert problems == []
    assert config.client_name == socket.gethostname()
    assert (config.host, config.port, config.max_queue_len) == ("localhost", port, 1000)


@pytest.mark.parametrize(
    ("wrong", "check", "what", "hint", "inert"),
    [
        (
            {"AKITA_SERVICE_NAME": None},
            "akita.E001",
            "AKITA_SERVICE_NAME is not set",
            "my-project",
            True,
        ),
        (
            {"AKITA_SERVICE_NAME": ""},
            "akita.E001",
            "AKITA_SERVICE_NAME is not set",
            "my-project",
            True,
        ),
        ({"AKITA_SERVICE_NAME": " "}, "akita.E001", "' ', which is no name", "my-project", True),
        ({"AKITA_SERVICE_NAME": 5}, "akita.E001", "5, which is no name", "my-project", True),
        ({"AKITA_MIDDLEWARE_NAME": 5}, "akita.W001", "the hostname is used", "leave it out", False),
        (
            {"AKITA_DAEMON_HOST": "http://x"},
            "akita.W002",
            "not of the form host:port",
            "localhost:50080",
            True,
        ),
        (
            {"AKITA_DAEMON_HOST": "x:99999"},
            "akita.W002",
            "port outside of 1 to 65535",
            "localhost:50080",
            True,
        ),
        ({"AKITA_MAX_QUEUE_LEN": 0}, "akita.W003", "1000 is used", "whole number from 1", False),
        ({"AKITA_MAX_QUEUE_LEN": "9"}, "akita.W003", "1000 is used", "whole number from 1", False),
        ({"AKITA_MAX_QUEUE_LEN": True}, "akita.W003", "1000 is used", "whole number from 1", False),
    ],
)
def test_wrong_settings(settings, caplog, wrong, check, what, hint, inert):
    settings.set(**wrong)

    (problem,) = run_checks(tags=["akita"])
    assert problem.id == check
    assert what in problem.msg
    assert hint in problem.hint

    config, _ = conf.read()
    assert (config is None) is inert
    if inert:
        settings.set(MIDDLEWARE=MIDDLEWARE)
        with caplog.at_level(logging.WARNING, "akita_middleware"):
            assert apps.wsgi(Call("GET", "/ok/")).status == 200
        assert what in caplog.text, "those who never run the checks are told as well"


def test_nothing_raises_at_the_start(settings, monkeypatch, caplog):
    monkeypatch.setattr(middleware, "recorder_for", lambda config: 1 / 0)
    settings.set(MIDDLEWARE=MIDDLEWARE)

    assert apps.wsgi(Call("GET", "/ok/")).status == 200
    assert apps.asgi(Call("GET", "/ok/")).status == 200
    assert "could not start" in caplog.text


def test_logging_that_somebody_has_configured_is_left_alone():
    logger = logging.getLogger("akita_middleware")
    assert logging.getLogger().handlers, "as pytest does"

    make_visible()

    assert (logger.handlers, logger.propagate) == ([], True)
