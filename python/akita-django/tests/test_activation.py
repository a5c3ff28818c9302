"""Recorders start from settings, or not at all, and never raise."""

from __future__ import annotations

import apps
import plain_wsgi
import pytest
from apps import Call
from django.core.checks import run_checks
from drive import serve

from akita_capture import AkitaWSGI, activation, recorders

MIDDLEWARE = ["akita_django.middleware.AkitaMiddleware"]


def test_disabled_in_django_nothing_is_reported(settings, monkeypatch, caplog):
    monkeypatch.setattr(activation, "recorder_for", lambda config: 1 / 0)
    settings.set(MIDDLEWARE=MIDDLEWARE, AKITA_ENABLED=False, AKITA_SERVICE_NAME=None)

    assert run_checks(tags=["akita"]) == []
    assert apps.wsgi(Call("GET", "/ok/")).status == 200
    assert caplog.text == ""


def test_an_error_at_the_start_is_logged_and_not_raised(settings, monkeypatch, caplog):
    monkeypatch.setattr(activation, "recorder_for", lambda config: 1 / 0)
    settings.set(MIDDLEWARE=MIDDLEWARE)

    assert apps.wsgi(Call("GET", "/ok/")).status == 200
    assert apps.asgi(Call("GET", "/ok/")).status == 200
    assert "could not start" in caplog.text


def test_arguments_take_precedence_over_the_environment(daemon, monkeypatch):
    monkeypatch.setenv("AKITA_SERVICE_NAME", "DEMO")
    monkeypatch.setenv("AKITA_MIDDLEWARE_NAME", "from the environment")
    AkitaWSGI(plain_wsgi.application, middleware_name="argument", daemon_host=daemon.address)

    daemon.wait_registered()
    assert daemon.polls[0]["client_name"] == "argument"
    recorders.stop_all()


@pytest.mark.parametrize(
    ("settings", "said"),
    [({}, "AKITA_SERVICE_NAME is not set"), ({"daemon_host": "http://x"}, "AKITA_DAEMON_HOST")],
)
def test_wrong_settings_are_logged_and_the_application_runs(caplog, monkeypatch, settings, said):
    monkeypatch.delenv("AKITA_SERVICE_NAME", raising=False)

    app = AkitaWSGI(plain_wsgi.application, **settings)

    assert serve(app, "GET", "/a_list")[0].endswith(b"alist")
    assert said in caplog.text


def test_an_unknown_argument_is_an_error():
    with pytest.raises(TypeError, match=r"unknown settings: deamon_host; known are .*daemon_host"):
        AkitaWSGI(plain_wsgi.application, deamon_host="x")


def test_disabled_by_argument_nothing_is_logged(caplog):
    app = AkitaWSGI(plain_wsgi.application, enabled=False)

    assert serve(app, "GET", "/a_list")[0].endswith(b"alist")
    assert caplog.text == ""
