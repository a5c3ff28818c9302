"""The Python of the documentation can be pasted as it is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
DOCUMENTS = ["README.md", "docs/guide.md", "python/akita-django/README.md"]
BLOCK = re.compile(r"^( *)```python\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)

pytestmark = pytest.mark.skipif(
    not (ROOT / DOCUMENTS[1]).exists(), reason="the documentation is not part of the sdist"
)


def blocks():
    for document in DOCUMENTS:
        path = ROOT / document
        for match in BLOCK.finditer(path.read_text() if path.exists() else ""):
            line = path.read_text().count("\n", 0, match.start()) + 1
            yield pytest.param(textwrap.dedent(match[2]), id=f"{document}:{line}")


@pytest.fixture
def mysite(tmp_path):
    """A Django project whose settings are mysite.settings."""
    package = tmp_path / "mysite"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "urls.py").write_text("urlpatterns = []\n")
    (package / "settings.py").write_text(
        textwrap.dedent(
            """
            SECRET_KEY = "test"
            USE_TZ = True
            ROOT_URLCONF = "mysite.urls"
            INSTALLED_APPS = ("django.contrib.contenttypes",)
            MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
            """
        )
    )
    return tmp_path


def run(folder, settings, *arguments, environment=()):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": str(folder),
            **dict(environment),
        },
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("block", [block for block in blocks() if "AKITA_" in block.values[0]])
def test_settings(mysite, block):
    module = "akita_settings"
    if "import *" not in block:  # to be added at the end of the settings
        module = "mysite.settings"
        block = (mysite / "mysite" / "settings.py").read_text() + block
    (mysite / f"{module.replace('.', '/')}.py").write_text(block)

    result = run(mysite, module, "-W", "error", "-m", "django", "check")

    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout, result.stdout + result.stderr


@pytest.mark.parametrize("block", [block for block in blocks() if "AKITA_" not in block.values[0]])
def test_code(mysite, daemon, block):
    script = f"import django; django.setup()\n{block}"
    # Without a daemon, a middleware may log that it is missing, and an answer may say that
    # it does not know the example's project: the daemon stays silent.
    daemon.set(mute=True)
    port = daemon.address.rpartition(":")[2]

    result = run(
        mysite,
        "mysite.settings",
        "-W",
        "error",
        "-c",
        script,
        environment={"AKITA_DAEMON_PORT": port},
    )

    assert (result.returncode, result.stderr) == (0, "")
