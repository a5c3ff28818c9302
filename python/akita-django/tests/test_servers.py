"""Under real servers, with their processes and threads, no call is lost."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from servers import Mode, Server

CALLS = 60

GUNICORN = [
    *("gunicorn", "site_apps:application", "--bind", "127.0.0.1:0", "--graceful-timeout", "5"),
]
THREADS = [*GUNICORN, "--workers", "2", "--threads", "4"]
UVICORN = ["uvicorn", "site_apps:application", "--port", "0", "--timeout-graceful-shutdown", "5"]

MODES = {
    "gunicorn": Mode(GUNICORN),
    "gunicorn sync, 2 workers": Mode([*GUNICORN, "--workers", "2"], clients=2),
    "gunicorn gthread": Mode(THREADS, clients=2),
    # With --preload, the master registers too.
    "gunicorn --preload": Mode([*GUNICORN, "--workers", "2", "--preload"], clients=3),
    "gunicorn gthread --preload": Mode([*THREADS, "--preload"], clients=3),
    # After SIGTERM, uvicorn ends without running exit handlers.
    "uvicorn": Mode(UVICORN, interface="asgi", end=signal.SIGINT),
    "hypercorn": Mode(
        ["hypercorn", "site_apps:application", "--bind", "127.0.0.1:{port}"], interface="asgi"
    ),
    "waitress": Mode(
        ["waitress", "--listen", "127.0.0.1:{port}", "site_apps:application"], end=signal.SIGINT
    ),
    # The reloader in the parent process kills its child at the end.
    "runserver": Mode(["django", "runserver", "{port}", "--settings", "settings"], flushes=False),
}


@pytest.mark.parametrize("mode", MODES)
def test_every_call_is_captured(daemon, mode):
    every_call_is_captured(daemon, MODES[mode])


def every_call_is_captured(daemon, mode):
    server = Server(mode, daemon)
    try:
        daemon.wait_registered(mode.clients)  # before any request
        trace = daemon.activate()
        daemon.wait_active(mode.clients)
        server.wait_line(rf"akita_middleware: ?Activating trace powder-blue-panda-338 \({trace}\)$")
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda n: server.get(f"/things/{n}/"), range(CALLS)))
        assert answers == [b'{"pk": %d}' % n for n in range(CALLS)]
        if not mode.flushes:
            daemon.wait_events(CALLS)
    finally:
        server.stop()

    # Each process flushes its queue at its end.
    paths = sorted(event["request"]["url"].rpartition("things/")[2] for event in daemon.events())
    assert paths == sorted(f"{n}/" for n in range(CALLS)), server.lines


def test_a_worker_that_starts_during_a_trace_loses_no_call(daemon):
    trace = daemon.activate()
    daemon.set(mute=True)  # the worker learns of the trace after all requests
    server = Server(Mode(GUNICORN), daemon, TEST_HOLD_S="3600")
    try:
        daemon.wait_registered()
        for n in range(5):
            server.get(f"/things/{n}/")
        daemon.set(mute=False)
        urls = [event["request"]["url"] for event in daemon.wait_events(5)]
        assert [url.rpartition("things/")[2] for url in urls] == [f"{n}/" for n in range(5)]
        server.wait_line(rf"Activating trace powder-blue-panda-338 \({trace}\)$")
    finally:
        server.stop()


def test_a_trace_that_ends_is_logged_and_flushed(daemon):
    server = Server(Mode(GUNICORN), daemon)
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
def test_a_misbehaving_daemon_does_not_delay_the_end(daemon, mode):
    server = Server(Mode(GUNICORN), daemon)
    try:
        daemon.activate()
        daemon.wait_active()
        daemon.set(mode=mode)
        assert server.get("/ok/") == b'{"ok": true}'
    finally:
        server.stop()
