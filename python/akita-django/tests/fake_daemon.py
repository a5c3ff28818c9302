"""A daemon that follows the protocol and that tests can make misbehave."""

from __future__ import annotations

import hmac
import json
import socket
import socketserver
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

DEADLINE_S = 20.0


class FakeDaemon:
    """Listens on a free port. Tests can wait for everything that it receives."""

    def __init__(self, service="demo", token="", socket_path=""):
        self.service = service
        self.token = token
        self.socket_path = socket_path
        self.old = False  # whether it knows only the proofs without an address
        self.proofs = 0  # how often it has proven that it knows the token
        self.traces = {}  # id -> name of the active ones
        self.posts = []  # bodies of accepted posts of events, with "trace"
        self.polls = []  # bodies of registrations
        self.routes = []  # bodies of reports of routes
        self.takes_routes = True  # whether it knows reports of routes
        self.documents = []  # bodies of reports of documents
        self.offers = []  # bodies of offers of documents
        self.takes_documents = True  # whether it knows reports of documents
        self.wants_documents = True  # whether it wants that of the next process
        self.headers = []  # headers of all requests
        self.connections = 0
        self.batch_ids = set()  # of each trace
        self.shares = True  # whether it takes events for all traces that the client names
        self.hung = 0  # posts of events without an answer
        self.mode = "good"
        self.holds = True  # whether a poll without a change is held
        self.mute = False  # whether polls are not answered yet
        self.events_replies = []  # (status, headers, body) of the next answers to events
        self.changed = threading.Condition()
        self.stopped = False
        self.port = 0
        self._server = None
        self.start()

    # --- lifecycle

    def start(self):
        daemon = self

        class Handler(_Handler):
            owner = daemon

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def get_request(self):
                daemon.connections += 1
                return super().get_request()

            def handle_error(self, request, client_address):
                """Ignore it: tests disconnect on purpose."""

        class UnixServer(Server):
            address_family = socket.AF_UNIX

            def server_bind(self):
                Path(self.server_address).unlink(missing_ok=True)
                socketserver.TCPServer.server_bind(self)

        self.stopped = False
        if self.socket_path:
            self._server = UnixServer(self.socket_path, Handler)
        else:
            self._server = Server(("127.0.0.1", self.port), Handler)
            self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self):
        with self.changed:
            self.stopped = True
            self.changed.notify_all()
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self):
        return f"unix:{self.socket_path}" if self.socket_path else f"127.0.0.1:{self.port}"

    @property
    def heard_at(self):
        """The address that proofs must contain."""
        return self.address.replace("localhost", "127.0.0.1")

    # --- what a test does

    def activate(self, trace_id="lrn_6EjLU2sINbfKRwmqeqQM8s", name="powder-blue-panda-338"):
        with self.changed:
            self.traces[trace_id] = name
            self.changed.notify_all()
        return trace_id

    def deactivate(self, trace_id):
        with self.changed:
            self.traces.pop(trace_id)
            self.changed.notify_all()

    def set(self, **attributes):
        with self.changed:
            vars(self).update(attributes)
            self.changed.notify_all()

    def reports(self):
        """The bodies of the reports that it knows, by path."""
        known = {"routes": self.routes} if self.takes_routes else {}
        if self.takes_documents:
            known.update({"document": self.documents, "document/offer": self.offers})
        return known

    def wait(self, condition, what):
        with self.changed:
            if not self.changed.wait_for(condition, DEADLINE_S):
                raise AssertionError(f"not within {DEADLINE_S:.0f} s: {what}; have {self.posts!r}")

    def wait_registered(self, clients=1):
        self.wait(lambda: len({p["client_id"] for p in self.polls}) >= clients, "registered")

    def wait_settled(self):
        """Wait until all registered clients have learned that no trace is on."""
        self.set(holds=False)
        clients = {p["client_id"] for p in self.polls}
        for client in clients:
            asked = [p["client_id"] for p in self.polls].count(client)
            self.wait(
                lambda n=asked, c=client: [p["client_id"] for p in self.polls].count(c) > n,
                "asked again",
            )
        self.set(holds=True)

    def wait_active(self, clients=1):
        """Wait until a number of clients has reported exactly the active traces."""

        def active():
            on = set(self.traces)
            last = {p["client_id"]: set(p["active_trace_ids"]) for p in self.polls}
            return sum(ids == on for ids in last.values()) >= clients

        self.wait(active, f"{clients} clients with {self.traces}")

    def wait_events(self, n):
        self.wait(lambda: len(self.events()) >= n, f"{n} events")
        return self.events()

    def events(self, trace=None):
        return [
            event
            for post in self.posts
            if trace is None or post["trace"] == trace
            for event in post["trace_events"]
        ]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: FakeDaemon

    def log_message(self, *args):
        pass

    def address_string(self):
        return "unknown"  # a Unix socket has no address

    def do_POST(self):
        daemon = self.owner
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with daemon.changed:
            daemon.headers.append(dict(self.headers))
            daemon.changed.notify_all()
        auth = self.digest("akita-client-2", self.command, self.path)
        if daemon.token and (daemon.old or self.headers["Akita-Auth"] != auth):
            return self.reply(401, {"message": "set AKITA_DAEMON_TOKEN to the daemon's token"})
        if self.headers["Content-Type"] != "application/json":
            return self.reply(415, {"message": 'Content-Type header is not "application/json"'})
        if daemon.mode == "garbage":
            self.wfile.write(b"\x00\xffnot HTTP at all\r\n\r\n")
            self.close_connection = True
            return None
        if self.path == "/v1/proof":
            with daemon.changed:
                daemon.proofs += 1
            return self.reply(204 if daemon.token else 404, None)
        parts = [unquote(part) for part in self.path.split("/")[1:]]
        if parts[:2] != ["v1", "services"] or parts[2].lower() != daemon.service.lower():
            return self.reply(404, {"message": "Service not found", "detail": "x"})
        try:
            data = json.loads(body)
        except ValueError:
            return self.reply(400, {"message": "Invalid request body"})
        if parts[3:] == ["middleware"]:
            return self.register(data)
        reports = daemon.reports().get("/".join(parts[3:]))
        if reports is not None:
            return self.report(reports, data)
        if parts[3] == "traces" and parts[5:] == ["events"]:
            return self.events(parts[4], data)
        return self.reply(404, {"message": "no such path"})

    def register(self, data):
        daemon = self.owner
        with daemon.changed:
            daemon.polls.append(data)
            daemon.changed.notify_all()
            theirs = set(data["active_trace_ids"])
            daemon.changed.wait_for(
                lambda: (
                    not daemon.mute
                    and (
                        theirs != set(daemon.traces)
                        or daemon.stopped
                        or not daemon.holds
                        or daemon.mode == "garbage"
                    )
                ),
                30,
            )
            if daemon.stopped:
                self.close_connection = True
                return
            answer = {
                "activated_traces": [
                    {"trace_id": i, "trace_name": n, "service_id": "svc_x", "sampling_rate": 1}
                    for i, n in daemon.traces.items()
                    if i not in theirs
                ],
                "deactivated_traces": sorted(theirs - set(daemon.traces)),
            }
        self.reply(202, answer)

    def report(self, reports, data):
        daemon = self.owner
        with daemon.changed:
            reports.append(data)
            daemon.changed.notify_all()
        self.reply(202, {"wanted": daemon.wants_documents} if reports is daemon.offers else {})

    def events(self, trace, data):
        daemon = self.owner
        with daemon.changed:
            if daemon.mode == "hang":
                daemon.hung += 1
                daemon.changed.notify_all()
                daemon.changed.wait_for(lambda: daemon.mode != "hang" or daemon.stopped, 30)
                self.close_connection = True
                return
            if daemon.events_replies:
                status, headers, reply = daemon.events_replies.pop(0)
                if status == 0:  # accepted, but the answer is lost
                    self.take(trace, data)
                    self.close_connection = True
                    return
                self.reply(status, reply, headers)
                daemon.changed.notify_all()
                return
            taken = self.take(trace, data)
        self.reply(202, {"trace_ids": taken} if daemon.shares else {})

    def take(self, trace, data):
        daemon = self.owner
        if (trace, data["batch_id"]) not in daemon.batch_ids:
            daemon.batch_ids.add((trace, data["batch_id"]))
            daemon.posts.append({**data, "trace": trace})
        daemon.changed.notify_all()
        return [i for i in data["trace_ids"] if i in daemon.traces]

    def digest(self, *purpose):
        lines = (*purpose, self.owner.heard_at, self.headers["Akita-Nonce"] or "")
        message = "\n".join(lines).encode()
        return hmac.new(self.owner.token.encode(), message, "sha256").hexdigest()

    def reply(self, status, body, headers=()):
        data = json.dumps(body).encode() if status != 204 else b""
        self.send_response(status)
        if self.owner.token and "Akita-Nonce" in self.headers:
            self.send_header(
                "Akita-Proof", self.digest("akita-daemon" if self.owner.old else "akita-daemon-2")
            )
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
