"""A pytest plugin that writes the calls of tests to a HAR file: ``pytest --akita``.

Without the option it does nothing: this module imports nothing of Akita.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

DEFAULT_FILE = "akita-tests.har"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("akita", "Akita")
    group.addoption(
        "--akita",
        action="store_true",
        help=f"write the calls of the tests to a HAR file ({DEFAULT_FILE})",
    )
    group.addoption(
        "--akita-file", metavar="FILE", help="the HAR file to write the calls of the tests to"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start recording if it is chosen."""
    file = config.getoption("akita_file")
    if not file and not config.getoption("akita"):
        return
    from .plugin import Plugin

    config.pluginmanager.register(Plugin(config, file or DEFAULT_FILE), "akita-recording")
