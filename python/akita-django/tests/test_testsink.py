"""Calls of tests are marked as such."""

from __future__ import annotations

import json

import pytest
from calls import exchange

from akita_capture.harfile import HarFile, join
from akita_capture.testsink import TestSink

pytestmark = pytest.mark.any_django


def test_calls_are_marked_and_counted(tmp_path):
    sink = TestSink(tmp_path / "a.har")
    sink.record(exchange())
    omitted = exchange()
    omitted.describe = lambda: None
    sink.record(omitted)

    (entry,) = json.loads((tmp_path / "a.har").read_text())["log"]["entries"]
    assert entry["_akita"]["source"] == "test"
    assert sink.calls == 1


def test_a_fault_is_a_warning(tmp_path):
    with pytest.warns(UserWarning, match="missing from the HAR file: ValueError"):
        TestSink(tmp_path / "a.har").fault(ValueError("x"))


def test_files_are_joined(tmp_path):
    parts = [tmp_path / "a.har", tmp_path / "b.har", tmp_path / "empty.har"]
    for path in parts:
        HarFile(path)
    for name in ("1", "2"):
        HarFile(parts[0]).add(f'{{"n":{name},"l":[]}}'.encode())
    HarFile(parts[1]).add(b'{"n":3}')

    assert join(tmp_path / "all.har", parts) == 3

    log = json.loads((tmp_path / "all.har").read_text())["log"]
    assert [e["n"] for e in log["entries"]] == [1, 2, 3]
    assert sorted(tmp_path.glob("*.har")) == [tmp_path / "all.har"]
