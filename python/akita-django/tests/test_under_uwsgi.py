"""Under uWSGI, no call is lost.

uWSGI is built from source, so only `make test-uwsgi` runs these tests.
"""

from __future__ import annotations

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from servers import Mode, Server
from test_servers import every_call_is_captured

UWSGI = Path(sys.prefix, "bin", "uwsgi")

pytestmark = pytest.mark.skipif(
    not UWSGI.exists(), reason="uWSGI is not installed: `make test-uwsgi` builds it"
)


@dataclass
class Uwsgi(Mode):
    """uWSGI, which is not a Python module.

    SIGINT stops it; SIGTERM would reload it. Workers end without running exit handlers.
    """

    end: signal.Signals = signal.SIGINT
    flushes: bool = False

    @property
    def arguments(self):
        socket = ["--http-socket", "127.0.0.1:0", "--module", "site_apps:application"]
        return [str(UWSGI), "--home", sys.prefix, "--need-app", *socket, *self.command]


MASTER = ["--master", "--processes", "2"]
MODES = {
    "one process": Uwsgi(["--enable-threads"]),
    "one process, threads": Uwsgi(["--threads", "4"]),
    # The master loads the application and forks.
    "workers": Uwsgi([*MASTER, "--enable-threads"], clients=2),
    "workers, threads": Uwsgi([*MASTER, "--threads", "2"], clients=2),
    "workers, with Python's fork hooks": Uwsgi(
        [*MASTER, "--enable-threads", "--py-call-osafterfork"], clients=2
    ),
    "lazy applications": Uwsgi([*MASTER, "--enable-threads", "--lazy-apps"], clients=2),
}


@pytest.mark.parametrize("mode", MODES)
def test_every_call_is_captured(daemon, mode):
    every_call_is_captured(daemon, MODES[mode])


def test_without_threads_the_log_says_what_to_do(daemon):
    server = Server(Uwsgi(MASTER), daemon)
    try:
        server.wait_line(r"akita_middleware: uWSGI runs no Python threads .*enable-threads = true")
        assert server.get("/things/7/") == b'{"pk": 7}'
    finally:
        server.stop()

    assert daemon.polls == []
    assert sum("akita_middleware" in line for line in server.lines) == 1
