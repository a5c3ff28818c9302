"""Forks: no thread is lost, no call is sent twice, and no warning is raised."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.any_django

FORK = """
import os, sys, threading

# What is registered first runs last: these are the threads at the very moment of the fork.
ours = []
os.register_at_fork(before=lambda: ours.extend(
    t.name for t in threading.enumerate() if t.name.startswith("akita-")))

sys.path.insert(0, {tests!r})
from akita_capture import Address, Config, Recorder
from test_recorder import TRACE, exchange
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


# As by a server written in C that forks without Python's knowledge.
UNTOLD = """
import logging, os, random, sys, threading
sys.path.insert(0, {tests!r})
os.register_at_fork = lambda **hooks: None
from akita_capture import Address, Config, Recorder
from test_recorder import TRACE, exchange
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

# In the midst of the making of another recorder, on a thread that the child lacks.
MAKING = """
import faulthandler, os, threading, warnings
from akita_capture import Config, recorders

making, go_on = threading.Event(), threading.Event()

class Slow(recorders.Recorder):
    def __init__(self, config):
        making.set()
        go_on.wait()
        super().__init__(config)

recorders.Recorder = Slow
config = Config("demo", "here")
thread = threading.Thread(target=recorders.recorder_for, args=(config,), daemon=True)
thread.start()
making.wait()
warnings.simplefilter("ignore", DeprecationWarning)  # of a fork with threads: it is the point
child = os.fork()
if child == 0:
    faulthandler.dump_traceback_later(20, exit=True)  # where it hangs
    os._exit(0 if recorders.stats()["captured"] == 0 else 1)
assert os.waitpid(child, 0)[1] == 0, "the child failed"
go_on.set()
thread.join()
recorders.stop_all()
"""


@pytest.mark.parametrize("script", [FORK, UNTOLD, MAKING], ids=["told", "untold", "making"])
def test_a_fork(script):
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", script.format(tests=str(Path(__file__).parent))],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert result.returncode == 0, result.stderr
