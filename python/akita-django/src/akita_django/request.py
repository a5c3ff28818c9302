"""The request: its headers, its address, and its body as the view reads it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from akita_capture import Body, FormField
from akita_capture.forms import is_form

_CONTENT_HEADERS = ("CONTENT_TYPE", "CONTENT_LENGTH")


class Tee:
    """A request's stream that remembers the first bytes that somebody else reads.

    It never reads by itself. It keeps references to what it returns, so it costs no
    memory while the view holds the same bytes.
    """

    def __init__(self, stream: Any, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._position = 0
        self._ended = False
        self._kept: list[bytes] = []
        self._kept_bytes = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(object.__getattribute__(self, "_stream"), name)

    def read(self, *args: Any, **kwargs: Any) -> bytes:
        """Read from the stream."""
        data: bytes = self._stream.read(*args, **kwargs)
        self._see(data, ended=args in ((), (-1,), (None,)))
        return data

    def readline(self, *args: Any, **kwargs: Any) -> bytes:
        """Read a line from the stream."""
        data: bytes = self._stream.readline(*args, **kwargs)
        self._see(data, ended=False)
        return data

    def seek(self, *args: Any, **kwargs: Any) -> Any:
        """Move in the stream."""
        result = self._stream.seek(*args, **kwargs)
        self._position = self._stream.tell()
        return result

    def _see(self, data: bytes, *, ended: bool) -> None:
        try:
            start, self._position = self._position, self._position + len(data)
            self._ended = self._ended or ended or not data
            known = self._kept_bytes - start  # bytes of data that were read before
            if 0 <= known < len(data) and self._kept_bytes < self._limit:
                new = data[known : known + self._limit - self._kept_bytes]
                self._kept.append(new)
                self._kept_bytes += len(new)
        except Exception:  # noqa: BLE001 - a guest never raises; a stream of no bytes is not seen
            self._limit = 0

    def seen(self, expected: int) -> Body:
        """Give what was read, of a body of ``expected`` bytes (-1 where unknown)."""
        if expected < 0:
            whole = self._ended and self._kept_bytes == self._position
        else:
            whole = self._kept_bytes >= expected
        size = expected if expected >= 0 else self._position
        return Body(self._kept, size, cut=not whole)


def install_tee(request: HttpRequest, limit: int) -> Tee | None:
    """Watch a request's stream, where there is one that nobody has read from."""
    stream = getattr(request, "_stream", None)
    if stream is None or getattr(request, "_read_started", True):
        return None
    tee = Tee(stream, limit)
    request._stream = tee  # type: ignore[assignment] # there is no public way
    return tee


def body(request: HttpRequest, tee: Tee | None, limit: int) -> Body | None:
    """Give what is known of a request's body, reading nothing; ``None`` where it has none."""
    whole: bytes | None = request.__dict__.get("_body")
    if whole is not None:
        if not whole:
            return None
        return Body([whole[:limit]], len(whole), cut=len(whole) > limit)
    expected = _expected_size(request)
    if expected == 0:
        return None
    return tee.seen(expected) if tee is not None else Body(size=expected, cut=True)


def _expected_size(request: HttpRequest) -> int:
    """Give the announced size in bytes: 0 where there is no body, -1 where unknown."""
    length = request.META.get("CONTENT_LENGTH")
    if length in (None, ""):
        return -1 if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "") else 0
    try:
        return max(int(length), 0)
    except ValueError:
        return 0


def parsed_form(request: HttpRequest) -> list[FormField] | None:
    """Give the fields of a form that the view has parsed; ``None`` where it has not.

    Of a file this is what it is called, never its contents.
    """
    post, files = request.__dict__.get("_post"), request.__dict__.get("_files")
    if not (post or files) or not is_form(request.META.get("CONTENT_TYPE", "")):
        return None
    fields = [
        FormField(name, value)
        for name, values in (post.lists() if post else ())
        for value in values
        if isinstance(value, str)  # REST framework puts files here too
    ]
    fields += [
        FormField(name, None, file.name or "", getattr(file, "content_type", None) or "")
        for name, uploads in (files.lists() if files else ())
        for file in uploads
    ]
    return fields


def headers(request: HttpRequest) -> list[tuple[str, str]]:
    """Copy the headers that the client sent."""
    return [
        (_header_name(key), value)
        for key, value in request.META.items()
        if (key.startswith("HTTP_") or (key in _CONTENT_HEADERS and value))
        and isinstance(value, str)
    ]


def _header_name(key: str) -> str:
    return key.replace("HTTP_", "", 1).replace("_", "-").title()


def host(request: HttpRequest) -> str:
    """Give host and port as the client named them; unlike Django, allow any."""
    meta = request.META
    if settings.USE_X_FORWARDED_HOST and meta.get("HTTP_X_FORWARDED_HOST"):
        return str(meta["HTTP_X_FORWARDED_HOST"])
    if meta.get("HTTP_HOST"):
        return str(meta["HTTP_HOST"])
    name, port = meta.get("SERVER_NAME", "unknown"), str(meta.get("SERVER_PORT", ""))
    if port in ("", "0", "443" if request.scheme == "https" else "80"):
        return str(name)
    return f"{name}:{port}"


def http_version(request: HttpRequest) -> str:
    """Give the protocol's version, ``HTTP/1.1`` where the server does not say."""
    scope = getattr(request, "scope", None)
    if scope is not None:
        return f"HTTP/{scope.get('http_version', '1.1')}"
    return str(request.META.get("SERVER_PROTOCOL", "HTTP/1.1"))
