"""The poller registers, learns of traces, and logs each problem once."""

from __future__ import annotations

import pytest
from calls import TRACE, exchange
from fake_daemon import FakeDaemon

from akita_capture import Address

pytestmark = pytest.mark.any_django


def test_the_begin_and_end_of_a_trace_are_logged(daemon, recorder, log):
    one = recorder()
    daemon.wait_registered()
    assert daemon.polls[0]["client_name"] == "here"
    assert daemon.polls[0]["active_trace_ids"] == []
    daemon.wait_settled()
    assert one.traces == ()

    daemon.activate(TRACE.id, TRACE.name)
    daemon.wait_active()
    assert one.traces == (TRACE,)
    daemon.deactivate(TRACE.id)
    daemon.wait_active()
    assert one.traces == ()

    assert log.lines == [
        "INFO Activating trace powder-blue-panda-338 (lrn_6EjLU2sINbfKRwmqeqQM8s)",
        "INFO Deactivating trace powder-blue-panda-338 (lrn_6EjLU2sINbfKRwmqeqQM8s)",
    ]


def test_capture_is_on_when_the_trace_is_logged(daemon, recorder, log, monkeypatch):
    one = recorder()
    daemon.wait_registered()
    daemon.wait_settled()
    traces_when_said = []
    monkeypatch.setattr(log, "emit", lambda record: traces_when_said.append(one.traces))

    daemon.activate(TRACE.id, TRACE.name)
    daemon.wait_active()

    assert traces_when_said == [(TRACE,)]


def test_an_unreachable_daemon_is_logged_once_and_so_is_its_return(daemon, recorder, log):
    daemon.stop()
    recorder()
    log.wait("Cannot reach the Akita daemon")

    daemon.start()
    daemon.wait_registered()
    log.wait("Connected to")

    assert len(log.lines) == 2
    assert log.lines[0] == (
        f"WARNING Cannot reach the Akita daemon at {daemon.address} (Connection refused): nothing "
        "is captured until it answers. Start `akita daemon` or correct AKITA_DAEMON_HOST."
    )
    assert log.lines[1] == f"INFO Connected to the Akita daemon at {daemon.address}"


def test_an_unknown_project_is_logged_once_with_what_to_do(daemon, recorder, log):
    daemon.set(service="another")
    recorder()
    log.wait("does not know the project 'demo'")
    seen = len(daemon.headers)
    daemon.wait(lambda: len(daemon.headers) > seen + 1, "asked again")

    daemon.set(service="DEMO")
    daemon.wait_registered()
    log.wait("Connected to")

    assert len(log.lines) == 2
    assert "Create it in the Akita console or correct AKITA_SERVICE_NAME" in log.lines[0]


def test_an_answer_that_is_not_http_is_survived(daemon, recorder, log):
    daemon.set(mode="garbage")
    one = recorder()
    log.wait("its answer is not HTTP")

    daemon.set(mode="good")
    daemon.activate(TRACE.id, TRACE.name)
    daemon.wait_active()
    one.record(exchange())

    daemon.wait_events(1)


def test_the_daemon_may_start_later(recorder, daemon):
    late = FakeDaemon()
    late.stop()
    one = recorder(address=Address("127.0.0.1", late.port))
    late.activate(TRACE.id, TRACE.name)
    late.start()
    try:
        late.wait_active()
        one.record(exchange())
        late.wait_events(1)
        one.stop()
    finally:
        late.stop()
