"""With the app installed, `manage.py check` checks the settings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("app", ["akita_django", "akita_django.apps.AkitaConfig"])
def test_manage_py_check_reports_wrong_settings(tmp_path, app):
    (tmp_path / "app_settings.py").write_text(
        f"from settings import *\nINSTALLED_APPS += [{app!r}]\nAKITA_SAMPLE_RATE = 2\n"
    )

    result = subprocess.run(
        [sys.executable, "-m", "django", "check", "--settings", "app_settings"],
        cwd=Path(__file__).parent,
        env={"PYTHONPATH": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert "(akita.W007) AKITA_SAMPLE_RATE is 2, must be a number between 0 and 1" in result.stderr
