"""The project's handlers, called as servers call them."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass, field

from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler


@dataclass
class Call:
    """A request."""

    method: str = "GET"
    path: str = "/ok/"
    body: bytes = b""
    content_type: str = ""
    headers: dict = field(default_factory=dict)
    query: str = ""


@dataclass
class Answer:
    """A response."""

    status: int
    headers: list
    body: bytes
    error: str = ""
    """The exception that ended the body early."""


def wsgi(call: Call, handler=None, *, file_wrapper=None) -> Answer:
    handler = handler or WSGIHandler()
    environ = {
        "REQUEST_METHOD": call.method,
        "PATH_INFO": call.path,
        "QUERY_STRING": call.query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(call.body),
        "wsgi.errors": io.StringIO(),
        "HTTP_HOST": "testserver",
    }
    if call.body:
        environ["CONTENT_LENGTH"] = str(len(call.body))
    if call.content_type:
        environ["CONTENT_TYPE"] = call.content_type
    if file_wrapper:
        environ["wsgi.file_wrapper"] = file_wrapper
    for name, value in call.headers.items():
        environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
    started = []
    result = handler(environ, lambda status, headers: started.append((status, headers)))
    chunks, error = [], ""
    try:
        for chunk in result:
            chunks.append(chunk)  # noqa: PERF402 - keep what came before an error
    except Exception as problem:  # noqa: BLE001 - it is part of the answer
        error = repr(problem)
    finally:
        result.close()
    status, headers = started[0]
    return Answer(int(status[:3]), headers, b"".join(chunks), error)


def asgi(call: Call, handler=None) -> Answer:
    return asyncio.run(asgi_call(call, handler or ASGIHandler()))


async def asgi_call(call: Call, handler) -> Answer:
    headers = [(b"host", b"testserver")]
    if call.body:
        headers.append((b"content-length", str(len(call.body)).encode()))
    if call.content_type:
        headers.append((b"content-type", call.content_type.encode()))
    headers += [(k.lower().encode(), v.encode("latin-1")) for k, v in call.headers.items()]
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": call.method,
        "path": call.path,
        "query_string": call.query.encode(),
        "headers": headers,
        "scheme": "http",
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 1234),
    }
    incoming = [{"type": "http.request", "body": call.body, "more_body": False}]
    gone = asyncio.Event()

    async def receive():
        if incoming:
            return incoming.pop(0)
        await gone.wait()
        return {"type": "http.disconnect"}

    sent = []

    async def send(message):
        sent.append(message)

    error = ""
    try:
        await handler(scope, receive, send)
    except Exception as problem:  # noqa: BLE001 - it is part of the answer
        error = repr(problem)
    body = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    return Answer(sent[0]["status"], sent[0]["headers"], body, error)
