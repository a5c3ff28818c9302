"""Fixtures that tests share."""

from __future__ import annotations

import logging
import os
import threading

import django
import pytest
from fake_daemon import DEADLINE_S, FakeDaemon

from akita_capture import Address, Config, Recorder

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()


@pytest.fixture
def daemon():
    fake = FakeDaemon()
    yield fake
    fake.stop()


@pytest.fixture
def settings():
    """Django's settings, put back after the test."""
    from django.test import override_settings

    class Settings:
        def __init__(self):
            self.overrides = []

        def set(self, **values):
            override = override_settings(**values)
            override.enable()
            self.overrides.append(override)

    box = Settings()
    yield box
    for override in reversed(box.overrides):
        override.disable()


@pytest.fixture
def no_flush(monkeypatch):
    """Do not wait at the end of a test for a daemon that does not answer."""
    monkeypatch.setattr("akita_capture.recorder.FLUSH_S", 0.05)


@pytest.fixture
def traced(daemon, settings, no_flush):
    """The daemon, with a trace on for the middleware of this process."""
    from akita_capture import recorders
    from akita_capture.settings import Reader
    from akita_django import conf

    settings.set(AKITA_DAEMON_HOST=daemon.address)
    daemon.activate()
    recorders.recorder_for(Reader(conf.lookup).config())
    daemon.wait_active()
    yield daemon
    recorders.stop_all()


@pytest.fixture
def recorder(daemon):
    """Start recorders for the daemon."""
    made = []

    def make(read_routes=None, documents=None, **changes):
        host, _, port = daemon.address.partition(":")
        settings = {"service": "demo", "client_name": "here", "address": Address(host, int(port))}
        made.append(Recorder(Config(**{**settings, **changes}), read_routes, documents))
        made[-1].start()
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def log(caplog):
    """The lines that the middleware logs; tests can wait for them."""
    changed = threading.Condition()

    class Log(logging.Handler):
        def emit(self, record):
            with changed:
                self.lines.append(f"{record.levelname} {record.getMessage()}")
                changed.notify_all()

        def wait(self, part):
            with changed:
                found = changed.wait_for(
                    lambda: any(part in line for line in self.lines), DEADLINE_S
                )
            assert found, f"{part!r} is not in {self.lines}"

    handler = Log()
    handler.lines = []
    logger = logging.getLogger("akita_middleware")
    logger.addHandler(handler)
    caplog.set_level(logging.INFO, "akita_middleware")
    yield handler
    logger.removeHandler(handler)


@pytest.fixture
def wrap(daemon, no_flush):
    """Wrap an application in AkitaWSGI or AkitaASGI, with a trace on."""
    from akita_capture import recorders

    def make(wrapper, application, **settings):
        daemon.activate()
        app = wrapper(application, "demo", daemon_host=daemon.address, **settings)
        daemon.wait_active()
        return app

    yield make
    recorders.stop_all()
