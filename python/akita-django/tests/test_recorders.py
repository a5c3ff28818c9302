"""Equal configurations share a recorder."""

from __future__ import annotations

import pytest

from akita_capture import Address, Config, recorders, stats

pytestmark = pytest.mark.any_django


@pytest.fixture
def config(daemon, no_flush):
    """A configuration for the daemon."""
    yield Config("demo", "here", Address("127.0.0.1", daemon.port))
    recorders.stop_all()


def test_equal_configurations_share_a_recorder(config):
    one = recorders.recorder_for(config)

    assert recorders.recorder_for(Config("demo", "here", config.address)) is one
    assert recorders.recorder_for(Config("demo", "there", config.address)) is not one


def test_the_counters_of_all_recorders_are_added(config):
    for name in ("here", "there"):
        one = recorders.recorder_for(Config("demo", name, config.address, exclude_paths=("/x",)))
        one.admit("/x")

    assert recorders.stats() == {**dict.fromkeys(stats.NAMES, 0), "excluded": 2}


def test_after_stop_all_recorders_are_new(config):
    one = recorders.recorder_for(config)
    recorders.stop_all()

    assert recorders.recorder_for(config) is not one
