"""The shared token and the Unix socket: who has taken the daemon's port learns nothing."""

from __future__ import annotations

import socket
import threading

import pytest
from fake_daemon import DEADLINE_S, FakeDaemon
from test_recorder import TRACE, exchange, log, paths

from akita_capture import Body, Config, Recorder, stats
from akita_capture.config import parse_address
from akita_capture.daemon import DaemonClient, DaemonError
from akita_capture.token import AUTH, NONCE, Challenge

pytestmark = pytest.mark.any_django

__all__ = ["log"]  # a fixture

TOKEN = "a token of enough characters"
CANARY = b"canary-5ac1d1"


def captured():
    return exchange(f"/{CANARY.decode()}/", response_body=Body([CANARY], len(CANARY)))


@pytest.fixture
def recorder():
    """Make recorders for an address."""
    made = []

    def make(address, **settings):
        made.append(Recorder(Config("demo", "here", parse_address(address), **settings)))
        made[-1].start()
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def guarded():
    """A daemon with a token."""
    fake = FakeDaemon(token=TOKEN)
    yield fake
    fake.stop()


class Squatter:
    """Somebody else on the daemon's port, who answers as he likes and keeps what he gets."""

    def __init__(self, port, answer):
        self.received = b""
        self._answer = answer
        self._changed = threading.Condition()
        self._listener = socket.create_server(("127.0.0.1", port))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._connections = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        while True:
            try:
                data = connection.recv(65536)
            except OSError:
                return
            with self._changed:
                self.received += data
                self._changed.notify_all()
            if not data:
                return
            if self._answer:
                try:
                    connection.sendall(self._answer)
                except OSError:
                    return

    def wait_asked(self, times):
        with self._changed:
            assert self._changed.wait_for(
                lambda: self.received.count(b"POST ") >= times, DEADLINE_S
            )

    def stop(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._connections:
            connection.close()


def http(head, body=b"{}"):
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (head, len(body), body)


SQUATTERS = {
    "as a daemon without a token": http(b"404 Not Found", b'{"message": "no such path"}'),
    "as if all were well": http(b"204 No Content", b""),
    "with a proof that he has made up": http(b"204 No Content\r\nAkita-Proof: " + b"0" * 64, b""),
    "with a proof of odd letters": http(b"204 No Content\r\nAkita-Proof: \xff\xfe", b""),
    "that a trace is on": http(
        b"202 Accepted",
        b'{"activated_traces": [{"trace_id": "lrn_1", "trace_name": "x"}]}',
    ),
    "that our token is wrong": http(b"401 Unauthorized", b'{"message": "no"}'),
    "something that is not HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
}


@pytest.mark.parametrize("answers", SQUATTERS)
def test_who_has_taken_the_port_gets_nothing(recorder, guarded, log, answers):
    guarded.activate(TRACE.id, TRACE.name)
    one = recorder(guarded.address, token=TOKEN)
    guarded.wait_active()
    guarded.stop()
    squatter = Squatter(guarded.port, SQUATTERS[answers])

    one.record(captured())
    squatter.wait_asked(6)  # by both of our threads, again and again
    squatter.stop()

    assert CANARY not in squatter.received
    assert TOKEN.encode() not in squatter.received
    targets = {line for line in squatter.received.split(b"\r\n") if line.startswith(b"POST ")}
    assert targets == {b"POST /v1/proof HTTP/1.1"}, "not even the project's name"
    assert len([line for line in log.lines if line.startswith("WARNING")]) <= 2, log.lines

    guarded.start()
    assert CANARY.decode() in paths(guarded.wait_events(1))[0], "the daemon is back"


def test_a_squatter_that_never_answers_gets_nothing(no_flush, recorder, monkeypatch, log):
    monkeypatch.setattr("akita_capture.daemon.CONNECT_TIMEOUT_S", 0.05)
    squatter = Squatter(0, b"")
    one = recorder(squatter.address, token=TOKEN)
    one.traces = (TRACE,)
    one.record(captured())

    squatter.wait_asked(4)
    squatter.stop()

    assert CANARY not in squatter.received
    log.wait("no answer in time")


@pytest.mark.parametrize("source", ["setting", "file"])
def test_daemon_and_middleware_with_the_same_token(recorder, guarded, tmp_path, source):
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    settings = {"token": TOKEN} if source == "setting" else {"token_file": str(file)}
    guarded.activate(TRACE.id, TRACE.name)
    one = recorder(guarded.address, **settings)
    guarded.wait_active()
    one.record(captured())
    guarded.wait_events(1)

    nonces = [headers[NONCE] for headers in guarded.headers]
    assert len(set(nonces)) == len(nonces), "each request has a nonce of its own"
    assert all(len(nonce) == 32 for nonce in nonces)
    assert guarded.proofs == guarded.connections == 2
    assert not any(TOKEN in str(headers) for headers in guarded.headers)


def test_the_proofs_are_those_that_were_agreed_on(monkeypatch):
    """As `openssl dgst -sha256 -hmac 0123456789abcdef` gives them."""
    monkeypatch.setattr("secrets.token_hex", lambda n: "00" * n)
    challenge = Challenge(b"0123456789abcdef")

    assert challenge.headers("POST", "/v1/proof") == {
        NONCE: "0" * 32,
        AUTH: "ec165ce0249038e374b4a7ba49fbe267013c29ce7ab69a34502d764fddf3a3a0",
    }
    assert challenge.is_met("c24c06e190285efafef968e4a74d320f58016401ed300a3460386b9742127208")
    assert not challenge.is_met(challenge.headers("POST", "/v1/proof")[AUTH]), "it is no echo"
    assert not challenge.is_met(None)
    assert not challenge.is_met("\u00e9")


@pytest.mark.parametrize(
    ("of_daemon", "of_ours", "said"),
    [
        (TOKEN, TOKEN[::-1], "has another token: nothing is captured"),
        ("", TOKEN, "does not prove that it knows the token: nothing is captured"),
        (TOKEN, "", "answered 401: set AKITA_DAEMON_TOKEN to the daemon's token"),
    ],
)
def test_tokens_that_differ_are_told_once(guarded, recorder, log, of_daemon, of_ours, said):
    guarded.token = of_daemon
    recorder(guarded.address, token=of_ours)
    log.wait(said)
    seen = len(guarded.headers)
    guarded.wait(lambda: len(guarded.headers) > seen + 1, "tried again")

    assert guarded.polls == []
    assert len(log.lines) == 1

    guarded.set(token=of_ours)
    guarded.wait_registered()
    log.wait("Connected to the Akita daemon")


def test_a_token_that_is_changed_at_the_daemon_loses_nothing(guarded, recorder, tmp_path):
    file = tmp_path / "token"
    file.write_text(TOKEN)
    guarded.activate(TRACE.id, TRACE.name)
    one = recorder(guarded.address, token_file=str(file))
    guarded.wait_active()
    guarded.stop()
    one.record(captured())

    file.write_text("a new token of enough characters")
    guarded.token = "a new token of enough characters"
    guarded.start()

    guarded.wait_events(1)
    assert one.stats()[stats.DROPPED_REFUSED] == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, r"Cannot read the token file .*/token \(No such file or directory\).*--token-file"),
        (b"short\n", r"The token file .*/token has less than 16 characters.*restart"),
    ],
)
def test_a_token_file_that_is_no_good(tmp_path, content, said):
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    config = Config("demo", "here", parse_address("127.0.0.1:1"), token_file=str(file))

    with pytest.raises(DaemonError, match=said):
        DaemonClient(config).post(("middleware",), b"{}", 1.0)


def test_a_unix_socket(recorder, tmp_path):
    fake = FakeDaemon(socket_path=str(tmp_path / "daemon.sock"), token=TOKEN)
    try:
        fake.activate(TRACE.id, TRACE.name)
        one = recorder(fake.address, token=TOKEN)
        fake.wait_active()
        one.record(captured())
        fake.wait_events(1)
        assert {headers["Host"] for headers in fake.headers} == {"localhost"}
        one.stop()
    finally:
        fake.stop()


@pytest.mark.parametrize(("exists", "why"), [(False, "No such file"), (True, "refused")])
def test_a_unix_socket_that_nobody_listens_on(recorder, tmp_path, log, exists, why):
    path = tmp_path / "daemon.sock"
    if exists:
        with socket.socket(socket.AF_UNIX) as left_over:
            left_over.bind(str(path))
    recorder(f"unix:{path}")

    log.wait(f"Cannot reach the Akita daemon at unix:{path}")
    assert why in log.lines[0]
