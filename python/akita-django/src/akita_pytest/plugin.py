"""Records while tests run, in one process or in several (pytest-xdist)."""

from __future__ import annotations

from pathlib import Path

import pytest

from akita_capture.harfile import join
from akita_capture.settings import Reader, from_environment
from akita_capture.testsink import TestSink

from . import applications


class Plugin:
    """Writes the calls of a test run.

    A worker of pytest-xdist writes a file of its own, ``name.gw0.har`` beside
    ``name.har``. The process that started the workers joins them at the end.
    """

    def __init__(self, config: pytest.Config, file: str) -> None:
        path = config.invocation_params.dir / file
        worker: dict[str, str] | None = getattr(config, "workerinput", None)
        self._path = Path(worker["akita_file"]) if worker and "akita_file" in worker else path
        self._sink: TestSink | None = None
        self._calls = 0
        if worker is not None:
            self._path = self._path.with_suffix(f".{worker['workerid']}{self._path.suffix}")
        elif config.getoption("dist", "no") != "no":
            for stale in self._parts():
                stale.unlink()
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._sink = TestSink(self._path, Reader(from_environment).consumer())
        self._undo = applications.record(self._sink)

    def _parts(self) -> list[Path]:
        """Return the files of the workers."""
        return sorted(self._path.parent.glob(f"{self._path.stem}.gw*{self._path.suffix}"))

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: object) -> None:
        """Tell a worker where to write: its working directory may be another one."""
        node.workerinput["akita_file"] = str(self._path)  # type: ignore[attr-defined]

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Stop recording, and join what the workers wrote."""
        if self._sink is not None:
            self._undo()
            self._calls = self._sink.calls
        else:
            self._calls = join(self._path, self._parts())

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was written."""
        terminalreporter.write_line(f"akita: {self._calls} calls of tests in {self._path}")
