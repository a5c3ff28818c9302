"""Errors in our own code are counted, and the first is logged."""

from __future__ import annotations

import pytest

from akita_capture import stats
from akita_capture.fault import Faults
from akita_capture.stats import Stats

pytestmark = pytest.mark.any_django


def failure():
    try:
        {}["a secret of the call"]
    except KeyError as error:
        return error


def test_the_first_error_is_logged_without_its_message(caplog):
    counts = Stats()
    faults = Faults(counts)

    for _ in range(3):
        faults.report(failure())

    assert counts.snapshot()[stats.DROPPED_ERROR] == 3
    (record,) = caplog.records
    assert f"(KeyError in {__file__}:" in record.getMessage()
    assert "secret" not in caplog.text


def test_an_error_without_a_traceback(caplog):
    Faults(Stats()).report(ValueError("x"))

    assert "(ValueError)" in caplog.text
