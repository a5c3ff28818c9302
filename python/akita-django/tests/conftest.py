"""What the tests share."""

from __future__ import annotations

import os

import django
import pytest
from fake_daemon import FakeDaemon

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
    """Do not wait at the end of a test for what a daemon that misbehaves does not take."""
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
