"""The requests that are sent, as WSGI environments and as bytes."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from typing import Any

HEADERS = {
    "Host": "api.example.com",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "application/json",
    "Accept-Encoding": "gzip, deflate, br",
    "Accept-Language": "en-GB,en;q=0.9,de;q=0.8",
    "Authorization": "Bearer 0123456789abcdef0123456789abcdef",
    "Cookie": "sessionid=0123456789abcdefghijklmnopqrstuv; theme=dark",
    "Referer": "https://www.example.com/books",
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": "https",
    "X-Request-Id": "0d9f3b52-6c1e-4f0c-9d0e-7f3a5b1c2d4e",
}


@dataclass(frozen=True)
class Call:
    """A request; ``status`` is the expected one."""

    method: str
    target: str
    status: int
    body: bytes = b""

    def environ(self) -> dict[str, Any]:
        """Return a WSGI environment like gunicorn's."""
        path, _, query = self.target.partition("?")
        environ: dict[str, Any] = {
            "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "wsgi.input": io.BytesIO(self.body),
            "wsgi.input_terminated": True,
            "wsgi.url_scheme": "http",
            "SERVER_SOFTWARE": "gunicorn/27.0.1",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "REMOTE_PORT": "50212",
            "REQUEST_METHOD": self.method,
            "RAW_URI": self.target,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
        }
        for name, value in HEADERS.items():
            environ["HTTP_" + name.upper().replace("-", "_")] = value
        if self.body:
            environ["CONTENT_TYPE"] = "application/json"
            environ["CONTENT_LENGTH"] = str(len(self.body))
        return environ

    def wire(self) -> bytes:
        """Return the bytes of the request."""
        headers = dict(HEADERS)
        if self.body:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(self.body))}
        lines = [
            f"{self.method} {self.target} HTTP/1.1",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


def _json(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


_BOOK = _json(title="The Analytical Engine", author="Ada Byron", isbn="978-3-16-148410-0", price="42.50")
_NO_BOOK = _json(title="", author="Ada Byron", isbn="none", price="-1")

# Seven parts list (about 2 KB), one part detail, two parts creation, of which every other is refused.
MIX = [
    Call("GET", "/books/?page=1&order=title", 200),
    Call("GET", "/books/?page=4", 200),
    Call("GET", "/books/", 200),
    Call("POST", "/books/", 201, _BOOK),
    Call("GET", "/books/?page=2", 200),
    Call("GET", "/books/3/", 200),
    Call("GET", "/books/?order=price", 200),
    Call("POST", "/books/", 400, _NO_BOOK),
    Call("GET", "/books/?page=5", 200),
    Call("GET", "/books/?page=3", 200),
]
BODIES = sum(bool(call.body) for call in MIX) / len(MIX)
"""The share of requests with a body."""
ACCEPTED_BODIES = sum(bool(call.body) and call.status < 400 for call in MIX) / len(MIX)
"""The share of accepted requests with a body; an API model has no other bodies."""
