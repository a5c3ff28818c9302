"""Calls WSGI and ASGI applications as servers do."""

from __future__ import annotations

import asyncio
import io
import re
from wsgiref.handlers import SimpleHandler
from wsgiref.util import FileWrapper, setup_testing_defaults

DATE = re.compile(rb"Date: [^\r]+\r\n")


class Handler(SimpleHandler):
    """The standard library's handler, without the date."""

    def send_preamble(self):
        self.stdout.write(f"HTTP/1.1 {self.status}\r\n".encode())

    def result_is_file(self):
        return isinstance(self.wsgi_file_wrapper, type) and super().result_is_file()


def serve(application, method, path, body=b"", content_type="", file_wrapper=FileWrapper, **more):
    """Return the bytes that a server writes and the errors that it reports."""
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "q=1"}
    setup_testing_defaults(environ)
    environ.update(HTTP_HOST="testserver", SERVER_PROTOCOL="HTTP/1.1", **more)
    if body:
        environ.update(CONTENT_LENGTH=str(len(body)), CONTENT_TYPE=content_type)
    out, err = io.BytesIO(), io.StringIO()
    handler = Handler(io.BytesIO(body), out, err, environ, multithread=False)
    handler.wsgi_file_wrapper = file_wrapper
    handler.run(application)
    errors = [line for line in err.getvalue().splitlines() if not line.startswith(" ")]
    return DATE.sub(b"", out.getvalue()), errors


def scope_of(method="GET", path="/", headers=(), **more):
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"q=1",
        "headers": [(b"host", b"testserver"), *headers],
        "scheme": "http",
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 1234),
        "extensions": {"http.response.pathsend": {}, "http.response.zerocopysend": {}},
        **more,
    }


async def call(app, method, path, chunks=(), content_type="", **more):
    """Return what an application sends, what it raises, and how much it has left unread."""
    size = sum(map(len, chunks))
    headers = [(b"content-length", str(size).encode())] if size else []
    headers += [(b"content-type", content_type.encode())] if content_type else []
    incoming = [
        {"type": "http.request", "body": chunk, "more_body": n < len(chunks)}
        for n, chunk in enumerate(chunks or (b"",), 1)
    ]
    answered = asyncio.Event()

    async def receive():
        if incoming:
            return incoming.pop(0)
        if path not in ("/reads_2", "/reads_3", "/disconnected"):
            await answered.wait()
        return {"type": "http.disconnect"}

    sent = []

    async def send(message):
        headers = message.get("headers")
        if headers is not None:
            message = {**message, "headers": list(headers)}
        sent.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            answered.set()

    error = ""
    try:
        await app(scope_of(method, path, headers, **more), receive, send)
    except (Exception, asyncio.CancelledError) as problem:  # noqa: BLE001 - part of the answer
        error = repr(problem)
    return sent, error, len(incoming)


def wsgi_entry(daemon, app, *args, **more):
    """Call a WSGI application and return the call's HAR entry."""
    before = len(daemon.events())
    serve(app, *args, **more)
    return daemon.wait_events(before + 1)[before]


def asgi_entry(daemon, app, *args, **more):
    """Call an ASGI application and return the call's HAR entry."""
    before = len(daemon.events())
    asyncio.run(call(app, *args, **more))
    return daemon.wait_events(before + 1)[before]
