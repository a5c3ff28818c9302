"""Watches response bodies while they are sent."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from .exchange import Body


class Passage:
    """What was seen of a body. Its end is reported once, even if two threads notice it."""

    def __init__(self, limit: int, ended: Callable[[Passage], None]) -> None:
        """Keep the first ``limit`` bytes; call ``ended`` when the body ends."""
        self._limit = limit
        self._ended = [ended]
        self._began = time.perf_counter()
        self._chunks: list[bytes] = []
        self._kept = 0
        self._size = 0
        self._whole = False
        self.pulling = False
        """Whether the next chunk is being made; making it may close the response."""
        self.first_byte: float | None = None
        """Seconds until the first chunk; ``None`` before it."""

    def saw(self, chunk: bytes) -> None:
        """Take a chunk that was sent."""
        if self.first_byte is None:
            self.first_byte = time.perf_counter() - self._began
        self._size += len(chunk)
        if self._kept < self._limit:
            new = bytes(chunk[: self._limit - self._kept])
            self._chunks.append(new)
            self._kept += len(new)

    def exhausted(self) -> None:
        """Take note that the body was sent completely."""
        self._whole = True
        self.end()

    def closed(self) -> None:
        """Take note that the response was closed."""
        if not self.pulling:
            self.end()

    def end(self) -> None:
        """Take note that nothing more will be sent."""
        try:
            ended = self._ended.pop()  # atomic: two threads may get here at once
        except IndexError:
            return
        ended(self)

    def body(self, announced: int) -> Body:
        """Return what was seen of a body of ``announced`` bytes (-1 if unknown)."""
        whole = self._whole and self._kept == self._size
        size = self._size if self._whole or self._size else announced
        return Body(self._chunks, size, cut=not whole)


class _Watched:
    """An iterator with the attributes of the one it watches."""

    def __init__(
        self,
        iterator: Any,
        make_bytes: Callable[[Any], bytes],
        passage: Passage,
        fault: Callable[[Exception], None],
    ) -> None:
        self._iterator = iterator
        self._make_bytes = make_bytes
        self._passage = passage
        self._fault = fault

    def __getattr__(self, name: str) -> Any:
        return getattr(object.__getattribute__(self, "_iterator"), name)

    def __del__(self) -> None:
        # Neither exhausted nor closed: the client has gone away.
        self._passage.closed()

    def _saw(self, chunk: Any) -> None:
        try:
            self._passage.saw(self._make_bytes(chunk))
        except Exception as error:  # noqa: BLE001 - a guest never raises
            self._fault(error)


class WatchedIterator(_Watched):
    """Watches an iterator."""

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        passage = self._passage
        passage.pulling = True
        try:
            chunk = next(self._iterator)
        except StopIteration:
            passage.exhausted()
            raise
        except BaseException:
            passage.end()
            raise
        finally:
            passage.pulling = False
        self._saw(chunk)
        return chunk


class WatchedAsyncIterator(_Watched):
    """Watches an asynchronous iterator."""

    def __aiter__(self) -> AsyncIterator[Any]:
        return self

    async def __anext__(self) -> Any:
        passage = self._passage
        passage.pulling = True
        try:
            chunk = await self._iterator.__anext__()
        except StopAsyncIteration:
            passage.exhausted()
            raise
        except BaseException:
            passage.end()
            raise
        finally:
            passage.pulling = False
        self._saw(chunk)
        return chunk
