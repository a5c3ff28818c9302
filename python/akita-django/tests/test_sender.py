"""The sender batches calls, retries, and counts what is refused."""

from __future__ import annotations

import pytest
from calls import TRACE, exchange, paths

from akita_capture import Body, Trace, stats

pytestmark = pytest.mark.any_django


def test_the_last_batch_of_a_trace_is_marked(daemon, recorder):
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


def test_calls_are_sent_in_batches_on_one_connection(daemon, recorder):
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


OTHER = Trace("lrn_0000000000000000000001", "other")


def test_a_call_is_sent_once_with_every_trace_that_was_on(daemon, recorder):
    for trace in (TRACE, OTHER):
        daemon.activate(trace.id, trace.name)
    one = recorder()
    daemon.wait_active()

    one.record(exchange("/both/", traces=(TRACE, OTHER)))
    one.record(exchange("/one/", traces=(OTHER,)))
    daemon.wait_events(2)
    one.stop()

    assert {tuple(paths(post["trace_events"])): post["trace_ids"] for post in daemon.posts} == {
        ("/both/",): [TRACE.id, OTHER.id],
        ("/one/",): [OTHER.id],
    }
    assert one.stats()[stats.DELIVERED] == 3


def test_a_daemon_that_does_not_know_trace_ids_gets_a_call_for_each_trace(daemon, recorder):
    daemon.set(shares=False)
    for trace in (TRACE, OTHER):
        daemon.activate(trace.id, trace.name)
    one = recorder()
    daemon.wait_active()

    one.record(exchange("/both/", traces=(TRACE, OTHER)))
    one.record(exchange("/one/", traces=(OTHER,)))
    daemon.wait_events(3)
    one.stop()

    assert paths(daemon.events(TRACE.name)) == ["/both/"]
    assert sorted(paths(daemon.events("other"))) == ["/both/", "/one/"]
    assert one.stats()[stats.DELIVERED] == 3


def test_a_call_refused_for_one_trace_is_sent_for_the_others(daemon, recorder):
    daemon.set(events_replies=[(404, {}, {"message": "Trace not found"})])
    for trace in (TRACE, OTHER):
        daemon.activate(trace.id, trace.name)
    one = recorder()
    daemon.wait_active()

    one.record(exchange("/both/", traces=(TRACE, OTHER)))
    daemon.wait_events(1)
    one.stop()

    assert paths(daemon.events("other")) == ["/both/"]
    assert [post["trace_ids"] for post in daemon.posts] == [[OTHER.id]]
    assert one.stats()[stats.DELIVERED] == 1
    assert one.stats()[stats.DROPPED_REFUSED] == 1


def test_calls_of_several_traces_come_before_the_last_batch_of_one(daemon, recorder):
    for trace in (TRACE, OTHER):
        daemon.activate(trace.id, trace.name)
    one = recorder()
    daemon.wait_active()
    one.record(exchange("/both/", traces=(TRACE, OTHER)))

    daemon.deactivate(TRACE.id)
    daemon.wait(lambda: any(post["no_more_events"] for post in daemon.posts), "no_more_events")

    posts = [(paths(post["trace_events"]), post["no_more_events"]) for post in daemon.posts]
    assert (["/both/"], False) in posts[:-1]
    assert posts[-1] == ([], True)
    assert daemon.posts[-1]["trace"] == TRACE.name


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
def test_a_batch_is_retried_with_the_same_id(daemon, recorder, replies):
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
def test_refused_calls_are_counted_and_not_retried(daemon, recorder, status, reply, counted):
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


def test_queued_calls_reach_a_restarted_daemon(daemon, recorder):
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_active()
    daemon.stop()
    one.record(exchange("/meanwhile/"))

    daemon.start()

    assert paths(daemon.wait_events(1)) == ["/meanwhile/"]
    assert one.traces == (TRACE,)


def test_a_bad_call_does_not_cost_the_others(daemon, recorder, log):
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
    faults = [line for line in log.lines if "error in akita" in line]
    assert len(faults) == 1
    assert "LookupError in " in faults[0]
    assert "secret" not in faults[0]


def test_stop_delivers_queued_calls(daemon, recorder):
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_active()
    for i in range(150):
        one.record(exchange(f"/{i}/"))

    one.stop()

    assert len(daemon.events()) == 150
    assert one.stats()[stats.DELIVERED] == 150
    one.stop()
