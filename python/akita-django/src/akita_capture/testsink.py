"""Writes the calls of tests to a HAR file."""

from __future__ import annotations

import warnings
from pathlib import Path

from .consumer import Consumers, Rule
from .exchange import Exchange
from .har import entry
from .harfile import HarFile

MAX_BODY_BYTES = 16 << 20


class TestSink:
    """Takes observed calls of tests; each is marked as one."""

    __test__ = False  # pytest collects no tests from it

    max_body_bytes = MAX_BODY_BYTES

    def __init__(self, path: str | Path, consumer: Rule = None) -> None:
        self._file = HarFile(path)
        self.consumers = Consumers(consumer)
        self.calls = 0
        """How many calls were written."""

    def record(self, exchange: Exchange) -> None:
        """Write a call."""
        call = entry(exchange, self.max_body_bytes, self.consumers, source="test")
        if call is not None:
            self._file.add(call)
            self.calls += 1

    def fault(self, error: Exception) -> None:
        """Warn that a call is missing from the file, without failing the test."""
        warnings.warn(f"a call is missing from the HAR file: {error!r}", stacklevel=2)
