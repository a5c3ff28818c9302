"""Counters of what was captured and what was dropped."""

from __future__ import annotations

import pytest

from akita_capture import stats
from akita_capture.stats import NAMES, Stats

pytestmark = pytest.mark.any_django


def test_counters_add_up():
    counts = Stats()

    counts.add(stats.CAPTURED)
    counts.add(stats.CAPTURED, 4)

    assert counts.snapshot() == {**dict.fromkeys(NAMES, 0), "captured": 5}


def test_a_snapshot_is_a_copy():
    counts = Stats()

    counts.snapshot()["captured"] = 7

    assert counts.snapshot()["captured"] == 0


def test_dropped_calls_are_reported_by_reason():
    counts = Stats()
    counts.add(stats.CAPTURED, 3)
    counts.add(stats.SAMPLED_OUT, 2)
    assert counts.dropped() == {}

    counts.add(stats.DROPPED_REFUSED, 2)
    counts.add(stats.DROPPED_QUEUE_FULL, 1)

    assert counts.dropped() == {"refused": 2, "queue_full": 1}
