"""Under uWSGI, which runs Python's threads only if told to.

It is built from source, so that `make test-uwsgi` runs this, and `make test` does not.
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
    """uWSGI is no Python module.

    SIGINT stops it, and SIGTERM would reload it. A worker that is about to end a
    request is then stopped without a word.
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
    "workers that Python knows of": Uwsgi(
        [*MASTER, "--enable-threads", "--py-call-osafterfork"], clients=2
    ),
    "lazy applications": Uwsgi([*MASTER, "--enable-threads", "--lazy-apps"], clients=2),
}


@pytest.mark.parametrize("mode", MODES)
def test_every_call_is_captured(daemon, mode):
    every_call_is_captured(daemon, MODES[mode])


def test_without_threads_it_says_what_to_do(daemon):
    server = Server(Uwsgi(MASTER), daemon)
    try:
        server.wait_line(r"akita_middleware: uWSGI runs no Python threads .*enable-threads = true")
        assert server.get("/things/7/") == b'{"pk": 7}'
    finally:
        server.stop()

    assert daemon.polls == []
    assert sum("akita_middleware" in line for line in server.lines) == 1
