"""Django's settings and the environment."""

from __future__ import annotations

from akita_capture.settings import NAMES
from akita_django import conf

TOKEN = "0123456789abcdef"


def test_django_reads_only_the_token_from_the_environment(settings, monkeypatch):
    settings.set(AKITA_SERVICE_NAME=None, AKITA_DAEMON_TOKEN=None, AKITA_DAEMON_TOKEN_FILE=None)
    for name in NAMES:
        monkeypatch.setenv(name, TOKEN)

    assert conf.lookup("AKITA_SERVICE_NAME") is None
    assert conf.lookup("AKITA_DAEMON_TOKEN") == conf.lookup("AKITA_DAEMON_TOKEN_FILE") == TOKEN
