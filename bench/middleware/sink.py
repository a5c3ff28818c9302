"""Replaces the services of the other products: accepts what they send, and counts it afterwards.

The first segment of each path names the sender. Bodies are stored as they are and parsed only when the
counts are requested, so that this process uses little of the machine during a measurement.
"""

from __future__ import annotations

import gzip
import json
import sys
import threading
from collections import Counter, defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

PARTS = ("request headers", "request body", "response headers", "response body")
"""The parts of a captured call."""

_received: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
_lock = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    """Stores every POST; GET /{sender} counts them."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """Store the body and answer as the real services do: 200 and an empty object."""
        sender, _, path = self.path.lstrip("/").partition("/")
        body = self._body()
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        with _lock:
            _received[sender].append((path, body))
        self._answer(b"" if "/v1/" in self.path else b"{}")

    def do_GET(self) -> None:
        """Answer with the counts of a sender."""
        with _lock:
            received = list(_received[self.path.lstrip("/")])
        self._answer(json.dumps(count(received)).encode())

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        chunks = []
        while size := int(self.rfile.readline().strip(), 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        """Log nothing."""


def count(received: list[tuple[str, bytes]]) -> Counter[str]:
    """Count calls and their parts."""
    counts: Counter[str] = Counter({"calls": 0, **dict.fromkeys(PARTS, 0)})
    for path, body in received:
        if path.endswith("/v1/traces") or path == "v1/traces":
            counts.update(_otlp(body))
        elif path.endswith("/envelope/"):
            counts.update(_envelope(body))
        elif path == "treblle":
            counts.update(_treblle(body))
    return counts


def _otlp(body: bytes) -> Counter[str]:
    """Count the server spans of OpenTelemetry and of Apitally, which uses its protocol."""
    counts: Counter[str] = Counter()
    for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
        for scope in resource.scope_spans:
            for span in scope.spans:
                if span.kind == Span.SPAN_KIND_SERVER:
                    counts["calls"] += 1
                    counts.update(_span_parts({attribute.key for attribute in span.attributes}))
    return counts


def _span_parts(names: set[str]) -> list[str]:
    found = []
    for side in ("request", "response"):
        if any(name.startswith(f"http.{side}.header.") for name in names):
            found.append(f"{side} headers")
        if f"apitally.{side}.body" in names:
            found.append(f"{side} body")
    return found


def _envelope(body: bytes) -> Counter[str]:
    """Count the transactions of a Sentry envelope: lines of JSON, each item after its header."""
    counts: Counter[str] = Counter()
    lines = iter(body.split(b"\n")[1:])
    for line in lines:
        if not line.strip():
            continue
        if json.loads(line).get("type") != "transaction":
            next(lines, None)
            continue
        request = json.loads(next(lines)).get("request", {})
        counts["calls"] += 1
        counts["request headers"] += bool(request.get("headers"))
        counts["request body"] += bool(request.get("data"))
    return counts


def _treblle(body: bytes) -> Counter[str]:
    data = json.loads(body)["data"]
    counts: Counter[str] = Counter(calls=1)
    for side in ("request", "response"):
        counts[f"{side} headers"] += bool(data[side]["headers"])
        counts[f"{side} body"] += bool(data[side]["body"])
    return counts


def main() -> None:
    """Print a free port and serve on it until standard input ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(server.server_port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
