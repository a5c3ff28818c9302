"""Threads stop around a fork and continue where they stopped."""

from __future__ import annotations

import threading

import pytest
from calls import TRACE, exchange, paths

pytestmark = pytest.mark.any_django


def test_pause_keeps_the_call_that_is_being_sent(daemon, recorder):
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_active()
    daemon.set(mode="hang")
    one.record(exchange("/under way/"))
    daemon.wait(lambda: daemon.hung, "posted")

    one.pause()
    assert not [t for t in threading.enumerate() if t.name.startswith("akita-")]
    one.record(exchange("/while paused/"))
    daemon.set(mode="good")
    one.resume()

    assert paths(daemon.wait_events(2)) == ["/under%20way/", "/while%20paused/"]
    assert len(daemon.events()) == 2


def test_resume_starts_only_threads_that_ran(daemon, recorder):
    one = recorder()
    daemon.wait_registered()

    one.pause()
    one.pause()
    one.resume()
    one.resume()

    ours = [t.name for t in threading.enumerate() if t.name.startswith("akita-")]
    assert ours == ["akita-poller"]


def test_stop_leaves_no_thread(daemon, recorder):
    one = recorder()
    daemon.wait_registered()

    one.stop()

    assert not [t for t in threading.enumerate() if t.name.startswith("akita-")]
