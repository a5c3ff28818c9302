"""In runs of Django's test runner and pytest-django, nothing is captured by default."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
CASE = """
import threading
from django.test import SimpleTestCase
import akita_django.test

class Case(SimpleTestCase):
    def test_it(self):
        assert self.client.get("/things/7/").json() == {"pk": 7}
        ours = {t.name for t in threading.enumerate() if t.name.startswith("akita-")}
        assert ours == %(threads)s, ours

    def test_the_client_of_the_guide_records_all_the_same(self):
        client = akita_django.test.Client(har_file_path=%(har)r)
        assert client.get("/things/7/").status_code == 200
"""
RUNNERS = {
    "django": ["django", "test", "--settings", "silence_settings", "case"],
    "pytest-django": ["pytest", "-q", "-c", os.devnull, "-p", "django", "case.py"],
}


@pytest.mark.parametrize("runner", RUNNERS)
@pytest.mark.parametrize(
    ("setting", "threads"), [("", set()), ("AKITA_ENABLED = True", {"akita-poller"})]
)
def test_a_test_run_is_silent(daemon, tmp_path, runner, setting, threads):
    har = tmp_path / "calls.har"
    (tmp_path / "silence_settings.py").write_text(f"from settings import *\n{setting}\n")
    (tmp_path / "case.py").write_text(CASE % {"threads": repr(threads), "har": str(har)})

    result = subprocess.run(
        [sys.executable, "-m", *RUNNERS[runner]],
        cwd=tmp_path,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "silence_settings",
            "PYTHONPATH": os.pathsep.join(
                filter(None, (str(tmp_path), str(TESTS), os.environ.get("PYTHONPATH")))
            ),
            "TEST_DAEMON": daemon.address,
        },
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert result.returncode == 0, result.stdout + result.stderr
    assert "http://testserver/things/7/" in har.read_text()
    assert bool(daemon.connections) is bool(threads)
