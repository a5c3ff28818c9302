"""The package: what it needs, and that each module has a test."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

pytestmark = pytest.mark.any_django


def test_the_wheel_needs_django_only_as_an_extra():
    assert metadata.requires("akita-django") == ["django>=4.2; extra == 'django'"]


def test_an_old_django_is_named():
    script = "import django; django.VERSION = (3, 2); import akita_django"

    result = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=60
    )

    assert "ImportError: akita-django needs Django 4.2 or later; this is " in result.stderr


def test_akita_capture_does_not_need_django():
    script = "import sys; sys.modules.update(django=None, asgiref=None); import akita_capture"

    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


SOURCE = Path(__file__).parents[1] / "src"
WITHOUT_TEST_OF_ITS_NAME = {
    "__init__": "has no logic",
    "__main__": "is tested by test_route_command.py",
    "version": "has no logic",
    "test": "is tested by test_client.py: test_test.py would read as a mistake",
}


def test_every_module_has_a_test_file_of_its_name():
    modules = {path.stem for path in SOURCE.glob("akita_*/*.py")}
    tests = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}

    assert modules - tests == set(WITHOUT_TEST_OF_ITS_NAME)
