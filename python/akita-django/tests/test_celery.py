"""The forked children of a Celery worker capture what they call."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fake_daemon import DEADLINE_S

pytestmark = pytest.mark.any_django

CALLS = 60
WORKER = [
    *("celery", "-A", "site_celery", "worker", "--pool", "prefork", "--concurrency", "2"),
    *("--loglevel", "warning", "--without-mingle", "--without-gossip", "--without-heartbeat"),
]
SEND = "import sys, site_celery; [site_celery.call.delay(f'/things/{n}/') for n in range(%d)]"


@pytest.mark.parametrize("early", ["", "1"], ids=["in the child", "before the fork"])
def test_every_call_of_a_child_is_captured(daemon, tmp_path, early):
    (tmp_path / "control").mkdir()
    environment = {
        **os.environ,
        "TEST_DAEMON": daemon.address,
        "TEST_BROKER": str(tmp_path),
        "TEST_EARLY": early,
    }
    folder = Path(__file__).parent
    daemon.activate()
    subprocess.run(
        [sys.executable, "-c", SEND % CALLS],
        cwd=folder,
        env=environment,
        check=True,
        timeout=DEADLINE_S,
    )
    worker = subprocess.Popen(
        [sys.executable, "-m", *WORKER],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        daemon.wait_events(CALLS)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(DEADLINE_S)

    paths = sorted(event["request"]["url"].rpartition("things/")[2] for event in daemon.events())
    assert paths == sorted(f"{n}/" for n in range(CALLS))
