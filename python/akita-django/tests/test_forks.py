"""Around a fork no thread is lost, no call is sent twice, and no warning is raised."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.any_django

FORK = """
import os, sys, threading

# The hook that is registered first runs last, immediately before the fork.
ours = []
os.register_at_fork(before=lambda: ours.extend(
    t.name for t in threading.enumerate() if t.name.startswith("akita-")))

sys.path.insert(0, {tests!r})
from akita_capture import Address, Config, Recorder
from calls import TRACE, exchange
from fake_daemon import FakeDaemon

daemon = FakeDaemon()
daemon.activate(TRACE.id, TRACE.name)
recorder = Recorder(Config("demo", "here", Address("127.0.0.1", daemon.port)))
recorder.start()
daemon.wait_active(1)
recorder.record(exchange("/parent/before/"))

child = os.fork()
if child == 0:
    recorder.record(exchange("/child/"))
    recorder.stop()
    os._exit(0 if recorder.stats()["delivered"] == 1 else 1)
assert os.waitpid(child, 0)[1] == 0, "the child failed"
recorder.record(exchange("/parent/after/"))
recorder.stop()

urls = sorted(e["request"]["url"].removeprefix("http://testserver") for e in daemon.events())
assert urls == ["/child/", "/parent/after/", "/parent/before/"], urls
assert len({{post["client_id"] for post in daemon.posts}}) == 2
assert ours == [], ours
daemon.stop()
"""


# A server written in C may fork without running Python's hooks.
WITHOUT_HOOKS = """
import logging, os, random, sys, threading
sys.path.insert(0, {tests!r})
os.register_at_fork = lambda **hooks: None
from akita_capture import Address, Config, Recorder
from calls import TRACE, exchange
from fake_daemon import FakeDaemon

daemon = FakeDaemon()
daemon.activate(TRACE.id, TRACE.name)
recorder = Recorder(Config("demo", "here", Address("127.0.0.1", daemon.port)))
recorder.start()
daemon.wait_active(1)
child = os.fork()
if child == 0:
    recorder.record(exchange("/child/"))
    recorder.stop()
    os._exit(0 if recorder.stats()["delivered"] == 1 else 1)
assert os.waitpid(child, 0)[1] == 0, "the child failed"
recorder.stop()
assert len(daemon.events()) == 1
daemon.stop()
"""

# A fork while another thread creates a recorder; the child does not have that thread.
WHILE_CREATING = """
import faulthandler, os, threading, warnings
from akita_capture import Config, recorders

making, go_on = threading.Event(), threading.Event()

class Slow(recorders.Recorder):
    def __init__(self, *args):
        making.set()
        go_on.wait()
        super().__init__(*args)

recorders.Recorder = Slow
config = Config("demo", "here")
thread = threading.Thread(target=recorders.recorder_for, args=(config,), daemon=True)
thread.start()
making.wait()
warnings.simplefilter("ignore", DeprecationWarning)  # a fork with threads is what is tested
child = os.fork()
if child == 0:
    faulthandler.dump_traceback_later(20, exit=True)  # if it hangs
    os._exit(0 if recorders.stats()["captured"] == 0 else 1)
assert os.waitpid(child, 0)[1] == 0, "the child failed"
go_on.set()
thread.join()
recorders.stop_all()
"""


@pytest.mark.parametrize(
    "script",
    [FORK, WITHOUT_HOOKS, WHILE_CREATING],
    ids=["hooks run", "hooks do not run", "while a recorder is created"],
)
def test_recording_around_a_fork(script):
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", script.format(tests=str(Path(__file__).parent))],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert result.returncode == 0, result.stderr
