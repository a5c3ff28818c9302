"""What users read in the log."""

from __future__ import annotations

import logging

import pytest
from calls import TRACE, exchange

from akita_capture import stats
from akita_capture.log import DropReport, make_visible
from akita_capture.stats import Stats

pytestmark = pytest.mark.any_django


@pytest.fixture
def logger():
    """The middleware's logger, put back after the test."""
    one = logging.getLogger("akita_middleware")
    level = one.level
    yield one
    one.setLevel(level)


def test_info_is_shown_though_the_root_logger_is_at_warning(logger, caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger(), "level", logging.WARNING)
    logger.setLevel(logging.NOTSET)

    make_visible()
    logger.info("Activating trace")

    assert "Activating trace" in caplog.text
    assert (logger.handlers, logger.propagate) == ([], True)


def test_a_level_of_the_application_is_kept(logger, caplog):
    logger.setLevel(logging.ERROR)

    make_visible()
    logger.info("Activating trace")

    assert logger.level == logging.ERROR
    assert caplog.text == ""


@pytest.fixture
def drops(caplog):
    """A report with a clock that a test sets."""

    class Drops:
        now = 0.0
        counts = Stats()

        @property
        def lines(self):
            return [record.getMessage() for record in caplog.records]

    box = Drops()
    box.counts = Stats()
    box.report = DropReport(box.counts, every_s=60.0, clock=lambda: box.now)
    return box


def test_without_drops_nothing_is_logged(drops):
    drops.counts.add(stats.CAPTURED, 5)
    drops.counts.add(stats.SAMPLED_OUT, 5)

    drops.report.log()

    assert drops.lines == []


def test_drops_are_logged_by_reason_once_a_minute_at_most(drops):
    drops.counts.add(stats.DROPPED_QUEUE_FULL, 2)
    drops.report.log()
    drops.report.log()
    drops.counts.add(stats.DROPPED_QUEUE_FULL)
    drops.counts.add(stats.DROPPED_REFUSED, 4)
    drops.now = 59.0
    drops.report.log()
    assert len(drops.lines) == 1

    drops.now = 60.0
    drops.report.log()
    drops.now = 600.0
    drops.report.log()

    assert [line.partition(". ")[0] for line in drops.lines] == [
        "2 calls are missing from Akita (queue full: 2)",
        "5 calls are missing from Akita (queue full: 1, refused: 4)",
    ]


def test_a_recorder_logs_its_drops(daemon, recorder, log):
    daemon.set(events_replies=[(400, {}, {"message": "no such trace"})])
    daemon.activate(TRACE.id, TRACE.name)
    one = recorder()
    daemon.wait_active()

    one.record(exchange())

    log.wait("1 calls are missing from Akita (refused: 1)")
