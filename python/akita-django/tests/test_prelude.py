"""A worker's first calls, made before the daemon has said whether a trace is on."""

from __future__ import annotations

import threading

import pytest
from calls import TRACE, exchange, paths

from akita_capture import Trace, stats
from akita_capture.prelude import UNDECIDED, Prelude

pytestmark = pytest.mark.any_django


def early(path="/early/", **changes):
    return exchange(path, traces=(UNDECIDED,), **changes)


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Let the first answer come as late as a test needs, without being taken for a hold."""
    monkeypatch.setattr("akita_capture.daemon.HOLD_S", 3600.0)


def test_the_traces_are_unknown_until_the_daemon_answers(daemon, recorder):
    daemon.set(mute=True)
    one = recorder()
    daemon.wait_registered()
    assert one.admit("/x/") == (UNDECIDED,)

    daemon.set(mute=False, holds=False)
    daemon.wait_settled()
    assert one.admit("/x/") == ()


def test_an_unreachable_daemon_means_no_trace(daemon, recorder, log):
    daemon.stop()
    one = recorder()

    log.wait("Cannot reach the Akita daemon")
    assert one.traces == ()


def test_a_held_request_means_no_trace(daemon, recorder, log, monkeypatch):
    monkeypatch.setattr("akita_capture.daemon.HOLD_S", 0.01)
    daemon.stop()
    one = recorder()
    log.wait("Cannot reach the Akita daemon")
    one.traces = (UNDECIDED,)

    daemon.start()
    log.wait("Connected to")
    assert one.traces == ()


def test_a_call_that_began_before_the_answer_and_ended_after_it(daemon, recorder):
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_active()

    one.record(early())

    assert paths(daemon.wait_events(1)) == ["/early/"]


def test_held_calls_join_the_trace_of_the_first_answer(daemon, recorder):
    daemon.set(mute=True)
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_registered()
    for n in range(3):
        one.record(early(f"/{n}/"))
    assert one.stats()[stats.CAPTURED] == 0
    daemon.set(mute=False)

    assert paths(daemon.wait_events(3)) == ["/0/", "/1/", "/2/"]
    assert one.stats()[stats.CAPTURED] == 3


def test_held_calls_are_dropped_without_a_trace(daemon, recorder):
    one = recorder()
    daemon.wait_registered()
    one.record(early())
    daemon.wait_settled()
    assert one.traces == ()
    one.record(early("/ended after/"))

    daemon.activate(TRACE.id, TRACE.name)
    daemon.wait_active()
    one.record(exchange("/of the trace/"))

    assert paths(daemon.wait_events(1)) == ["/of%20the%20trace/"]
    one.stop()
    assert one.stats() == {**dict.fromkeys(stats.NAMES, 0), "captured": 1, "delivered": 1}


def test_calls_that_did_not_fit_are_counted(daemon, recorder):
    daemon.set(mute=True)
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder(max_queue_len=2)
    daemon.wait_registered()
    for _ in range(5):
        one.record(early())
    daemon.set(mute=False)

    daemon.wait_events(2)
    assert one.stats()[stats.DROPPED_QUEUE_FULL] == 3


def test_held_calls_are_sampled(daemon, recorder):
    daemon.set(mute=True)
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder(sample_rate=0.0)
    daemon.wait_registered()
    one.record(exchange(traces=one.admit("/early/")))
    daemon.set(mute=False)

    daemon.wait_active()
    assert one.stats()[stats.SAMPLED_OUT] == 1


@pytest.mark.parametrize("traces", [(), (TRACE, Trace("lrn_2", "other"))])
def test_the_traces_are_set_once(traces):
    prelude = Prelude(10, 10_000)
    calls = [early("/1/"), early("/2/")]
    assert all(map(prelude.hold, calls))

    assert list(prelude.decide(traces)) == calls
    assert list(prelude.decide((TRACE,))) == []
    assert prelude.traces == traces
    assert not prelude.hold(early("/late/"))


def test_a_call_that_ends_after_stop_starts_no_thread(daemon, recorder):
    daemon.set(mute=True)
    one = recorder()
    daemon.wait_registered()
    one.stop()

    one.record(early())

    assert not [t.name for t in threading.enumerate() if t.name.startswith("akita-")]
    assert one.traces == ()
