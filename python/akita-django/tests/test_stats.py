"""What was captured and what was not: counted, and logged once a minute at most."""

from __future__ import annotations

import pytest
from test_recorder import TRACE, exchange, log, recorder

from akita_capture import stats
from akita_capture.log import DropReport
from akita_capture.stats import Stats

pytestmark = pytest.mark.any_django

__all__ = ["log", "recorder"]  # fixtures


@pytest.fixture
def told(caplog):
    """A report with a clock that stands still until it is set."""

    class Told:
        now = 0.0
        counts = Stats()

        @property
        def lines(self):
            return [record.getMessage() for record in caplog.records]

    box = Told()
    box.counts = Stats()
    box.report = DropReport(box.counts, every_s=60.0, clock=lambda: box.now)
    return box


def test_nothing_dropped_is_nothing_to_say(told):
    told.counts.add(stats.CAPTURED, 5)
    told.counts.add(stats.SAMPLED_OUT, 5)

    told.report.tell()

    assert told.lines == []


def test_it_is_told_once_a_minute_at_most_and_by_reason(told):
    told.counts.add(stats.DROPPED_QUEUE_FULL, 2)
    told.report.tell()
    told.report.tell()
    told.counts.add(stats.DROPPED_QUEUE_FULL)
    told.counts.add(stats.DROPPED_REFUSED, 4)
    told.now = 59.0
    told.report.tell()
    assert len(told.lines) == 1

    told.now = 60.0
    told.report.tell()
    told.now = 600.0
    told.report.tell()

    assert [line.partition(". ")[0] for line in told.lines] == [
        "2 calls are missing from Akita (queue full: 2)",
        "5 calls are missing from Akita (queue full: 1, refused: 4)",
    ]


def test_a_recorder_tells(daemon, recorder, log):
    daemon.set(events_replies=[(400, {}, {"message": "no such trace"})])
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_active()

    one.record(exchange())

    log.wait("1 calls are missing from Akita (refused: 1)")
