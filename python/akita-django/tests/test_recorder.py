"""The recorder and its threads, with a daemon that behaves and one that does not."""

from __future__ import annotations

import logging
import re
import threading

import pytest
from fake_daemon import DEADLINE_S, FakeDaemon

from akita_capture import Address, Body, Config, Exchange, Recorder, Trace, stats

pytestmark = pytest.mark.any_django

TRACE = Trace("lrn_6EjLU2sINbfKRwmqeqQM8s", "powder-blue-panda-338")


def exchange(path="/x/", traces=(TRACE,), **changes):
    return Exchange(
        traces=traces,
        started=1_700_000_000.5,
        method="GET",
        scheme="http",
        host="testserver",
        path=path,
        query="",
        http_version="HTTP/1.1",
        request_headers=[],
        request_body=None,
        status=200,
        **changes,
    )


@pytest.fixture
def recorder(daemon):
    """Make recorders for the daemon."""
    made = []

    def make(**changes):
        host, _, port = daemon.address.partition(":")
        settings = {"service": "demo", "client_name": "here", "address": Address(host, int(port))}
        made.append(Recorder(Config(**{**settings, **changes})))
        made[-1].start()
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def log(caplog):
    """What the logger of the middleware says; it can be waited for."""
    said = threading.Condition()

    class Log(logging.Handler):
        def emit(self, record):
            with said:
                self.lines.append(f"{record.levelname} {record.getMessage()}")
                said.notify_all()

        def wait(self, part):
            with said:
                found = said.wait_for(lambda: any(part in line for line in self.lines), DEADLINE_S)
            assert found, f"{part!r} is not in {self.lines}"

    handler = Log()
    handler.lines = []
    logger = logging.getLogger("akita_middleware")
    logger.addHandler(handler)
    caplog.set_level(logging.INFO, "akita_middleware")
    yield handler
    logger.removeHandler(handler)


def paths(events):
    return [event["request"]["url"].removeprefix("http://testserver") for event in events]


def test_it_registers_and_says_when_a_trace_begins_and_ends(daemon, recorder, log):
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


def test_it_captures_by_the_time_that_it_says_so(daemon, recorder, log, monkeypatch):
    one = recorder()
    daemon.wait_registered()
    daemon.wait_settled()
    traces_when_said = []
    monkeypatch.setattr(log, "emit", lambda record: traces_when_said.append(one.traces))

    daemon.activate(TRACE.id, TRACE.name)
    daemon.wait_active()

    assert traces_when_said == [(TRACE,)]


def test_it_says_when_the_last_call_of_a_trace_was_sent(daemon, recorder):
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_active()
    for i in range(5):
        one.record(exchange(f"/{i}/"))

    daemon.deactivate(TRACE.id)
    daemon.wait(lambda: any(post["no_more_events"] for post in daemon.posts), "no_more_events")

    assert paths(daemon.events()) == ["/0/", "/1/", "/2/", "/3/", "/4/"]
    assert [post["no_more_events"] for post in daemon.posts][-1] is True
    one.record(exchange("/late/"))
    assert one.stats()[stats.DROPPED_TRACE_ENDED] == 1


def test_calls_travel_in_batches_on_one_connection(daemon, recorder):
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_active()

    for i in range(250):
        one.record(exchange(f"/{i}/"))

    assert paths(daemon.wait_events(250)) == [f"/{i}/" for i in range(250)]
    assert max(len(post["trace_events"]) for post in daemon.posts) <= 100
    assert len(daemon.posts) < 20
    assert daemon.connections == 2, "one to poll, one to send"
    assert all(post["client_name"] == "here" for post in daemon.posts)
    assert {headers["Content-Type"] for headers in daemon.headers} == {"application/json"}
    assert not any("Origin" in headers for headers in daemon.headers)


def test_a_batch_is_bounded_in_bytes(daemon, recorder):
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_active()

    for i in range(4):
        one.record(exchange(f"/{i}/", response_body=Body([b"x" * 700_000], 700_000)))

    daemon.wait_events(4)
    assert max(len(post["trace_events"]) for post in daemon.posts) <= 2


def test_a_call_belongs_to_every_trace_that_was_on(daemon, recorder):
    other = Trace("lrn_0000000000000000000001", "other")
    for trace in (TRACE, other):
        daemon.activate(trace.id, trace.name)
    one = recorder()
    daemon.wait_active()

    one.record(exchange("/both/", traces=(TRACE, other)))
    one.record(exchange("/one/", traces=(other,)))

    daemon.wait_events(3)
    assert paths(daemon.events(TRACE.name)) == ["/both/"]
    assert paths(daemon.events("other")) == ["/both/", "/one/"]


@pytest.mark.parametrize(
    "replies",
    [
        [(503, {"Retry-After": "0"}, {})],
        [(500, {}, None), (429, {}, {})],
        [(0, {}, None)],
        [(0, {}, None), (408, {}, {}), (0, {}, None)],
    ],
    ids=["503", "500 and 429", "the answer is lost", "all of it"],
)
def test_a_batch_is_retried_under_its_id(daemon, recorder, replies):
    daemon.set(events_replies=list(replies))
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_active()

    one.record(exchange())

    daemon.wait(lambda: not daemon.events_replies and daemon.posts, "retried")
    one.stop()
    assert len(daemon.events()) == 1
    assert one.stats()[stats.DELIVERED] == 1


@pytest.mark.parametrize(
    ("status", "reply", "counted"),
    [
        (400, {"message": "no such trace"}, {stats.DROPPED_REFUSED: 1}),
        (404, {}, {stats.DROPPED_REFUSED: 1}),
        (413, {}, {stats.DROPPED_REFUSED: 1}),
        (415, None, {stats.DROPPED_REFUSED: 1}),
        (422, {"trace_event_details": {"drops": 1}}, {stats.DROPPED_REFUSED: 1}),
        (422, {"trace_event_details": {"drops": 99}}, {stats.DROPPED_REFUSED: 1}),
        (422, {"trace_event_details": "?"}, {stats.DELIVERED: 1}),
        (422, None, {stats.DELIVERED: 1}),
    ],
)
def test_what_the_daemon_refuses_is_counted_and_not_retried(
    daemon, recorder, status, reply, counted
):
    daemon.set(events_replies=[(status, {}, reply)])
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_active()

    one.record(exchange("/refused/"))
    daemon.wait(lambda: not daemon.events_replies, "refused")
    one.record(exchange("/taken/"))
    daemon.wait_events(1)
    one.stop()

    assert paths(daemon.events()) == ["/taken/"]
    wanted = {stats.DELIVERED: 1, stats.DROPPED_REFUSED: 0}
    for name, n in counted.items():
        wanted[name] += n
    assert {name: one.stats()[name] for name in wanted} == wanted


def test_an_unreachable_daemon_is_told_once_and_so_is_its_return(daemon, recorder, log):
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


def test_an_unknown_project_is_told_once_with_what_to_do(daemon, recorder, log):
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


def test_garbage_for_an_answer_is_survived(daemon, recorder, log):
    daemon.set(mode="garbage")
    one = recorder()
    log.wait("does not speak HTTP")

    daemon.set(mode="good")
    daemon.activate(TRACE.id, TRACE.name)
    daemon.wait_active()
    one.record(exchange())

    daemon.wait_events(1)


def test_a_restarted_daemon_gets_what_was_queued(daemon, recorder):
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_active()
    daemon.stop()
    one.record(exchange("/meanwhile/"))

    daemon.start()

    assert paths(daemon.wait_events(1)) == ["/meanwhile/"]
    assert one.traces == (TRACE,)


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


def test_one_bad_call_does_not_spoil_the_others(daemon, recorder, log):
    def describe():
        raise LookupError("a secret of the call")

    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_active()

    one.record(exchange("/1/"))
    one.record(exchange("/bad/", describe=describe))
    one.record(exchange("/bad/", describe=describe))
    one.record(exchange("/lone surrogate \udcff/", reason="\ud800"))

    assert paths(daemon.wait_events(2)) == ["/1/", "/lone%20surrogate%20%3F/"]
    assert one.stats()[stats.DROPPED_ERROR] == 2
    faults = [line for line in log.lines if "fault" in line]
    assert len(faults) == 1
    assert "LookupError in " in faults[0]
    assert "secret" not in faults[0]


OTHER = Trace("lrn_0000000000000000000001", "other")


@pytest.mark.parametrize(
    ("of_trace", "of_settings", "share"),
    [(1.0, 1.0, 1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0), (0.5, 1.0, 0.5), (0.5, 0.5, 0.25)],
)
def test_a_sample_is_a_sample(recorder, monkeypatch, of_trace, of_settings, share):
    one = recorder(sample_rate=of_settings)
    one.traces = (Trace(TRACE.id, TRACE.name, of_trace),)
    draws = iter([n / 100 for n in range(100)])
    monkeypatch.setattr("random.random", lambda: next(draws))

    admitted = sum(bool(one.admit("/x/")) for _ in range(100))

    assert admitted == 100 * share
    assert one.stats()[stats.SAMPLED_OUT] == 100 - admitted


def test_each_trace_has_a_sample_of_its_own(recorder):
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
def test_paths_that_are_excluded(recorder, path, excluded):
    rules = ("/healthz", "/admin/", re.compile(r"/files/.*\.png$", re.IGNORECASE))
    one = recorder(exclude_paths=rules)
    one.traces = (TRACE,)

    assert one.admit(path) == (() if excluded else (TRACE,))
    assert one.stats()[stats.EXCLUDED] == excluded


def test_stop_delivers_what_is_queued(daemon, recorder):
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_active()
    for i in range(150):
        one.record(exchange(f"/{i}/"))

    one.stop()

    assert len(daemon.events()) == 150
    assert one.stats()[stats.DELIVERED] == 150
    one.stop()


def test_pause_keeps_what_is_under_way(daemon, recorder):
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


def test_a_fork_starts_no_thread_that_did_not_run(daemon, recorder):
    one = recorder()
    daemon.wait_registered()

    one.pause()
    one.pause()
    one.resume()
    one.resume()

    ours = [t.name for t in threading.enumerate() if t.name.startswith("akita-")]
    assert ours == ["akita-poller"]


def test_no_thread_is_left(daemon, recorder):
    one = recorder()
    daemon.wait_registered()

    one.stop()

    assert not [t for t in threading.enumerate() if t.name.startswith("akita-")]


def test_it_starts_before_the_daemon_does(recorder, daemon):
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
