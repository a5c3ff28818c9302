"""A worker's first calls, made before the daemon has said whether a trace is on."""

from __future__ import annotations

import threading

import pytest
from test_recorder import TRACE, exchange, log, paths, recorder

from akita_capture import Trace, stats
from akita_capture.prelude import UNDECIDED, Prelude

pytestmark = pytest.mark.any_django

__all__ = ["log", "recorder"]  # fixtures


def early(path="/early/", **changes):
    return exchange(path, traces=(UNDECIDED,), **changes)


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Let the first answer come as late as the test needs; an hour's hold is none."""
    monkeypatch.setattr("akita_capture.daemon.HOLD_S", 3600.0)


def test_it_is_not_known_until_the_daemon_has_answered(daemon, recorder):
    daemon.set(mute=True)
    one = recorder()
    daemon.wait_registered()
    assert one.admit("/x/") == (UNDECIDED,)

    daemon.set(mute=False, holds=False)
    daemon.wait_settled()
    assert one.admit("/x/") == ()


def test_a_daemon_that_cannot_be_asked_settles_it(daemon, recorder, log):
    daemon.stop()
    one = recorder()

    log.wait("Cannot reach the Akita daemon")
    assert one.traces == ()


def test_a_daemon_that_holds_the_request_settles_it(daemon, recorder, log, monkeypatch):
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


def test_what_is_held_goes_where_the_first_answer_says(daemon, recorder):
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


def test_where_no_trace_was_on_what_is_held_is_forgotten(daemon, recorder):
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


def test_what_there_was_no_room_for_is_counted(daemon, recorder):
    daemon.set(mute=True)
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder(max_queue_len=2)
    daemon.wait_registered()
    for _ in range(5):
        one.record(early())
    daemon.set(mute=False)

    daemon.wait_events(2)
    assert one.stats()[stats.DROPPED_QUEUE_FULL] == 3


def test_a_sample_is_taken_of_what_was_held(daemon, recorder):
    daemon.set(mute=True)
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder(sample_rate=0.0)
    daemon.wait_registered()
    one.record(exchange(traces=one.admit("/early/")))
    daemon.set(mute=False)

    daemon.wait_active()
    assert one.stats()[stats.SAMPLED_OUT] == 1


@pytest.mark.parametrize("traces", [(), (TRACE, Trace("lrn_2", "other"))])
def test_the_decision_is_made_once(traces):
    prelude = Prelude(10, 10_000)
    calls = [early("/1/"), early("/2/")]
    assert all(map(prelude.hold, calls))

    assert list(prelude.decide(traces)) == calls
    assert list(prelude.decide((TRACE,))) == []
    assert prelude.traces == traces
    assert not prelude.hold(early("/late/"))


def test_a_call_that_ends_after_the_end_starts_nothing(daemon, recorder):
    daemon.set(mute=True)
    one = recorder()
    daemon.wait_registered()
    one.stop()

    one.record(early())

    assert not [t.name for t in threading.enumerate() if t.name.startswith("akita-")]
    assert one.traces == ()
