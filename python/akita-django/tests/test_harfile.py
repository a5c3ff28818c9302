"""HAR files are complete after each call."""

from __future__ import annotations

import json

import pytest

from akita_capture import Exchange
from akita_capture.har import entry
from akita_capture.harfile import HarFile

pytestmark = pytest.mark.any_django


def har_entry(path):
    return entry(Exchange((), 0.0, "GET", "http", "h", path, "", "HTTP/1.1", (), None), 10)


def test_a_har_file_is_complete_after_each_call(tmp_path):
    path = tmp_path / "a.har"
    path.write_text("left by an earlier run")
    one, other = HarFile(path), HarFile(path)

    for n, file in enumerate([one, other, one], 1):
        file.add(har_entry(f"/{n}/\ud800"))
        log = json.loads(path.read_text(encoding="utf-8"))["log"]
        assert [e["request"]["url"] for e in log["entries"]] == [
            f"http://h/{i}/%3F" for i in range(1, n + 1)
        ]
    assert log["version"] == "1.2"
    assert log["creator"]["name"] == "akita-django"


def test_a_har_file_that_cannot_be_written_is_an_error(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        HarFile(tmp_path / "nowhere" / "a.har")
