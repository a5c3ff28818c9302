"""Under real servers nothing is lost, whatever they do with processes and threads."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from servers import GUNICORN, UVICORN, Server

CALLS = 60

MODES = {
    "gunicorn": (GUNICORN, {}, 1),
    "gunicorn sync, 2 workers": ([*GUNICORN, "--workers", "2"], {}, 2),
    "gunicorn gthread": ([*GUNICORN, "--workers", "2", "--threads", "4"], {}, 2),
    # With --preload the master registers too.
    "gunicorn --preload": ([*GUNICORN, "--workers", "2", "--preload"], {}, 3),
    "gunicorn gthread --preload": (
        [*GUNICORN, "--workers", "2", "--threads", "4", "--preload"],
        {},
        3,
    ),
    "uvicorn": (UVICORN, {"TEST_INTERFACE": "asgi"}, 1),
}


@pytest.mark.parametrize("mode", MODES)
def test_every_call_is_captured(daemon, mode):
    arguments, environment, clients = MODES[mode]
    server = Server(arguments, daemon, **environment)
    try:
        daemon.wait_registered(clients)  # without a request having been made
        trace = daemon.activate()
        daemon.wait_active(clients)
        server.wait_line(rf"^akita_middleware: Activating trace powder-blue-panda-338 \({trace}\)$")
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda n: server.get(f"/things/{n}/"), range(CALLS)))
        assert answers == [b'{"pk": %d}' % n for n in range(CALLS)]
    finally:
        # uvicorn ends as the signal says; after SIGTERM that is without a word to anyone.
        server.stop(signal.SIGINT if arguments is UVICORN else signal.SIGTERM)

    # Nobody waited for the queue: it is flushed at the end of each process.
    paths = sorted(event["request"]["url"].rpartition("things/")[2] for event in daemon.events())
    assert paths == sorted(f"{n}/" for n in range(CALLS))


def test_a_trace_that_ends_is_told_and_flushed(daemon):
    server = Server(GUNICORN, daemon)
    try:
        trace = daemon.activate()
        daemon.wait_active()
        server.get("/ok/")
        daemon.deactivate(trace)
        server.wait_line(
            rf"^akita_middleware: Deactivating trace powder-blue-panda-338 \({trace}\)$"
        )
        daemon.wait(lambda: any(post["no_more_events"] for post in daemon.posts), "no_more_events")
        assert len(daemon.events()) == 1
    finally:
        server.stop()


@pytest.mark.parametrize("mode", ["hang", "garbage"])
def test_a_daemon_that_misbehaves_keeps_nobody_from_stopping(daemon, mode):
    server = Server(GUNICORN, daemon)
    try:
        daemon.activate()
        daemon.wait_active()
        daemon.set(mode=mode)
        assert server.get("/ok/") == b'{"ok": true}'
    finally:
        server.stop()
