"""The daemon's client: it sends nothing to a process that does not prove itself."""

from __future__ import annotations

import contextlib
import socket
import threading

import pytest
from calls import TRACE, exchange, paths
from fake_daemon import DEADLINE_S, FakeDaemon

from akita_capture import Body, Config, Recorder, stats
from akita_capture.config import parse_address
from akita_capture.token import NONCE

pytestmark = pytest.mark.any_django


TOKEN = "a token of enough characters"


CANARY = b"canary-5ac1d1"


def captured():
    return exchange(f"/{CANARY.decode()}/", response_body=Body([CANARY], len(CANARY)))


@pytest.fixture
def recorder():
    """Start recorders for an address."""
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


class Impostor:
    """Another process on the daemon's port. It answers once and keeps all that it receives."""

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
        received, answer = b"", self._answer
        while True:
            try:
                data = connection.recv(65536)
            except OSError:
                return
            received += data
            with self._changed:
                self.received += data
                self._changed.notify_all()
            if not data:
                return
            if answer and received.endswith(b"\r\n\r\n{}"):
                with contextlib.suppress(OSError):
                    connection.sendall(answer)
                answer = b""

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


UNPROVEN = "did not prove that it knows the token"
IMPOSTORS = {
    # What it answers, and what is logged about it.
    "as a daemon without a token": (http(b"404 Not Found", b'{"message": "x"}'), UNPROVEN),
    "with success": (http(b"204 No Content", b""), UNPROVEN),
    "with an invented proof": (
        http(b"204 No Content\r\nAkita-Proof: " + b"0" * 64, b""),
        UNPROVEN,
    ),
    "with a proof that is not ASCII": (
        http(b"204 No Content\r\nAkita-Proof: \xff\xfe", b""),
        UNPROVEN,
    ),
    "with a trace": (
        http(
            b"202 Accepted",
            b'{"activated_traces": [{"trace_id": "lrn_1", "trace_name": "x"}]}',
        ),
        UNPROVEN,
    ),
    "that our token is wrong": (
        http(b"401 Unauthorized", b'{"message": "no"}'),
        "does not accept our token",
    ),
    "with another protocol": (b"SSH-2.0-OpenSSH_9.2\r\n", "its answer is not HTTP"),
}


@pytest.mark.parametrize("answers", IMPOSTORS)
def test_an_impostor_on_the_daemon_s_port_receives_nothing(recorder, guarded, log, answers):
    answer, problem = IMPOSTORS[answers]
    guarded.activate(TRACE.id, TRACE.name)
    one = recorder(guarded.address, token=TOKEN)
    guarded.wait_active()
    guarded.stop()
    impostor = Impostor(guarded.port, answer)

    one.record(captured())
    impostor.wait_asked(6)  # by poller and sender, several times
    impostor.stop()

    assert CANARY not in impostor.received
    assert TOKEN.encode() not in impostor.received
    targets = {line for line in impostor.received.split(b"\r\n") if line.startswith(b"POST ")}
    assert targets == {b"POST /v1/proof HTTP/1.1"}, "not even the project's name is sent"
    # Connections also fail while one process takes the other's place, which is logged as well.
    assert [problem in line for line in log.lines].count(True) == 1, log.lines

    guarded.start()
    assert CANARY.decode() in paths(guarded.wait_events(1))[0], "the daemon is back"


def test_an_impostor_that_never_answers_receives_nothing(no_flush, recorder, monkeypatch, log):
    monkeypatch.setattr("akita_capture.daemon.CONNECT_TIMEOUT_S", 0.05)
    impostor = Impostor(0, b"")
    one = recorder(impostor.address, token=TOKEN)
    one.traces = (TRACE,)
    one.record(captured())

    impostor.wait_asked(4)
    impostor.stop()

    assert CANARY not in impostor.received
    log.wait("no answer in time")


class Relay(Impostor):
    """A process that passes everything on to the daemon at ``port`` and back."""

    def __init__(self, port):
        super().__init__(0, b"")
        self._port = port

    def _serve(self, connection):
        daemon = socket.create_connection(("127.0.0.1", self._port))
        self._connections.append(daemon)
        back = threading.Thread(target=self._copy, args=(daemon, connection), daemon=True)
        back.start()
        self._copy(connection, daemon, record=True)

    def _copy(self, source, target, *, record=False):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if record:
                    with self._changed:
                        self.received += data
                        self._changed.notify_all()
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


def test_a_process_that_relays_to_the_daemon_receives_nothing(recorder, guarded, log, no_flush):
    relay = Relay(guarded.port)
    one = recorder(relay.address, token=TOKEN)
    one.traces = (TRACE,)
    one.record(captured())

    relay.wait_asked(4)
    relay.stop()

    assert CANARY not in relay.received
    assert b"/v1/services" not in relay.received
    assert guarded.polls == guarded.posts == []
    log.wait("does not accept our token: nothing is captured")


def test_a_daemon_that_is_older_is_named_as_a_cause(recorder, guarded, log):
    guarded.set(old=True)
    recorder(guarded.address, token=TOKEN)

    log.wait("update the daemon if it is older than this middleware")
    assert guarded.polls == []


def test_a_connection_that_is_closed_is_not_called_bad_http(recorder, log):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        recorder(f"127.0.0.1:{listener.getsockname()[1]}")
        connection, _ = listener.accept()
        connection.recv(1 << 16)
        connection.close()
        log.wait("(it closed the connection)")


@pytest.mark.parametrize("source", ["setting", "file"])
def test_the_same_token_on_both_sides(recorder, guarded, tmp_path, source):
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    settings = {"token": TOKEN} if source == "setting" else {"token_file": str(file)}
    guarded.activate(TRACE.id, TRACE.name)
    one = recorder(guarded.address, **settings)
    guarded.wait_active()
    one.record(captured())
    guarded.wait_events(1)

    nonces = [headers[NONCE] for headers in guarded.headers]
    assert len(set(nonces)) == len(nonces), "nonces are not reused"
    assert all(len(nonce) == 32 for nonce in nonces)
    assert guarded.proofs == guarded.connections == 2
    assert not any(TOKEN in str(headers) for headers in guarded.headers)


@pytest.mark.parametrize(
    ("of_daemon", "of_ours", "problem"),
    [
        (TOKEN, TOKEN[::-1], "does not accept our token: nothing is captured"),
        ("", TOKEN, "did not prove that it knows the token: nothing is captured"),
        (TOKEN, "", "answered 401: set AKITA_DAEMON_TOKEN to the daemon's token"),
    ],
)
def test_different_tokens_are_logged_once(guarded, recorder, log, of_daemon, of_ours, problem):
    guarded.token = of_daemon
    recorder(guarded.address, token=of_ours)
    log.wait(problem)
    seen = len(guarded.headers)
    guarded.wait(lambda: len(guarded.headers) > seen + 1, "tried again")

    assert guarded.polls == []
    assert len(log.lines) == 1

    guarded.set(token=of_ours)
    guarded.wait_registered()
    log.wait("Connected to the Akita daemon")


def test_a_changed_token_loses_no_call(guarded, recorder, tmp_path):
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


def test_calls_over_a_unix_socket(recorder, tmp_path):
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
def test_a_unix_socket_without_a_listener(recorder, tmp_path, log, exists, why):
    path = tmp_path / "daemon.sock"
    if exists:
        with socket.socket(socket.AF_UNIX) as left_over:
            left_over.bind(str(path))
    recorder(f"unix:{path}")

    log.wait(f"Cannot reach the Akita daemon at unix:{path}")
    assert why in log.lines[0]
