"""The recorder: its bounds, its sample, and excluded paths."""

from __future__ import annotations

import re

import pytest
from calls import TRACE, exchange

from akita_capture import Trace, stats

pytestmark = pytest.mark.any_django


@pytest.mark.parametrize("bound", [{"max_queue_len": 3}, {"max_queue_bytes": 3 * 2048}])
def test_a_full_queue_drops_and_counts(daemon, recorder, bound):
    daemon.set(mode="hang")
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder(**bound)
    daemon.wait_active()

    for _ in range(200):
        one.record(exchange())

    counted = one.stats()
    assert counted[stats.CAPTURED] + counted[stats.DROPPED_QUEUE_FULL] == 200
    assert counted[stats.DROPPED_QUEUE_FULL] > 0


OTHER = Trace("lrn_0000000000000000000001", "other")


@pytest.mark.parametrize(
    ("of_trace", "of_settings", "share"),
    [(1.0, 1.0, 1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0), (0.5, 1.0, 0.5), (0.5, 0.5, 0.25)],
)
def test_the_share_of_sampled_calls(recorder, monkeypatch, of_trace, of_settings, share):
    one = recorder(sample_rate=of_settings)
    one.traces = (Trace(TRACE.id, TRACE.name, of_trace),)
    draws = iter([n / 100 for n in range(100)])
    monkeypatch.setattr("random.random", lambda: next(draws))

    admitted = sum(bool(one.admit("/x/")) for _ in range(100))

    assert admitted == 100 * share
    assert one.stats()[stats.SAMPLED_OUT] == 100 - admitted


def test_each_trace_is_sampled_on_its_own(recorder):
    one = recorder()
    one.traces = (Trace(OTHER.id, OTHER.name, 0.0), TRACE)

    assert one.admit("/x/") == (TRACE,)


@pytest.mark.parametrize(
    ("path", "excluded"),
    [
        ("/healthz", True),
        ("/healthz/live", True),
        ("/healthzz", False),
        ("/v1/healthz", False),
        ("/admin/", True),
        ("/admin/users/", True),
        ("/admin", False),
        ("/files/7.png", True),
        ("/files/7.PNG", True),
        ("/files/7.json", False),
        ("/", False),
    ],
)
def test_excluded_paths_are_not_captured(recorder, path, excluded):
    rules = ("/healthz", "/admin/", re.compile(r"/files/.*\.png$", re.IGNORECASE))
    one = recorder(exclude_paths=rules)
    one.traces = (TRACE,)

    assert one.admit(path) == (() if excluded else (TRACE,))
    assert one.stats()[stats.EXCLUDED] == excluded
