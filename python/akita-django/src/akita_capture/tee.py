"""Watches a request's body while the application reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .exchange import Body

_WATCHED = frozenset({"read1", "readinto", "readlines", "seek"})
"""Methods that not every stream has; an application may check for them."""


class Tee:
    """A stream that remembers the first bytes that the application reads.

    It never reads by itself. It keeps references to the bytes that it returns, so it
    costs no memory while the application holds them too.
    """

    def __init__(self, stream: Any, limit: int) -> None:
        """Watch ``stream`` and remember up to ``limit`` bytes."""
        self._stream = stream
        self._limit = limit
        self._position = 0
        self._ended = False
        self._kept: list[bytes] = []
        self._kept_bytes = 0

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(object.__getattribute__(self, "_stream"), name)
        return self._watched(name, attribute) if name in _WATCHED else attribute

    def __iter__(self) -> Iterator[bytes]:
        for line in self._stream:
            self._see(line, ended=False)
            yield line
        self._see(b"", ended=True)

    def __next__(self) -> bytes:
        line: bytes = next(self._stream)
        self._see(line, ended=False)
        return line

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

    def _watched(self, name: str, method: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            result = method(*args, **kwargs)
            if name == "seek":
                self._move()
            elif name == "readlines":
                self._see(b"".join(result), ended=not args)
            elif name == "readinto":
                self._see(bytes(memoryview(args[0])[: result or 0]), ended=False)
            else:
                self._see(result, ended=False)
            return result

        return call

    def _move(self) -> None:
        try:
            self._position = self._stream.tell()
        except Exception:  # noqa: BLE001 - a guest never raises; the rest is not seen
            self._limit = 0

    def _see(self, data: bytes, *, ended: bool) -> None:
        try:
            start, self._position = self._position, self._position + len(data)
            self._ended = self._ended or ended or not data
            known = self._kept_bytes - start  # how much of data was read before
            if 0 <= known < len(data) and self._kept_bytes < self._limit:
                new = data[known : known + self._limit - self._kept_bytes]
                self._kept.append(new)
                self._kept_bytes += len(new)
        except Exception:  # noqa: BLE001 - a guest never raises; the data are not bytes
            self._limit = 0

    def seen(self, expected: int) -> Body:
        """Return what was read of a body of ``expected`` bytes (-1 if unknown)."""
        if expected < 0:
            whole = self._ended and self._kept_bytes == self._position
        else:
            whole = self._kept_bytes >= expected
        size = expected if expected >= 0 else self._position
        return Body(self._kept, size, cut=not whole)
