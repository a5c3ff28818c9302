"""The queue between the application's threads and the sender."""

from __future__ import annotations

import contextlib
import threading
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")

CROWD_LEN = 100
CROWD_BYTES = 1 << 20
"""The queue is crowded from here on, or from half of its bounds if that is less."""


class Backlog(Generic[T]):
    """A queue, bounded in items and bytes, whose :meth:`put` never blocks.

    It may be used from finalizers and signal handlers: its lock and the queues that it
    uses are reentrant.
    """

    def __init__(self, max_len: int, max_bytes: int) -> None:
        self._max_len = max_len
        self._max_bytes = max_bytes
        self._crowd_len = min(CROWD_LEN, max_len // 2)
        self._crowd_bytes = min(CROWD_BYTES, max_bytes // 2)
        self._items: SimpleQueue[tuple[T, int]] = SimpleQueue()
        self._bell: SimpleQueue[None] = SimpleQueue()
        self._lock = threading.RLock()
        self._len = 0
        self._bytes = 0

    def put(self, item: T, size: int) -> bool:
        """Add an item of ``size`` bytes; return ``False`` if the queue is full."""
        with self._lock:
            if self._len >= self._max_len or (self._len and self._bytes + size > self._max_bytes):
                return False
            self._len += 1
            self._bytes += size
        self._items.put((item, size))
        if self.crowded():
            self._ring()
        return True

    def put_always(self, item: T) -> None:
        """Add an item that must not be lost; it does not count towards the bounds."""
        self._items.put((item, -1))
        self._ring()

    def get(self, *, block: bool) -> T | None:
        """Take the oldest item; if there is none, wait, or return ``None`` without ``block``."""
        try:
            item, size = self._items.get(block)
        except Empty:
            return None
        if size >= 0:
            with self._lock:
                self._len -= 1
                self._bytes -= size
        return item

    def linger(self, timeout: float) -> None:
        """Wait up to ``timeout`` seconds for more items.

        Returns early if the queue is crowded or :meth:`put_always` was called.
        """
        if not self.crowded():
            with contextlib.suppress(Empty):
                self._bell.get(timeout=timeout)

    def crowded(self) -> bool:
        """Report whether so much is queued that it should be taken without delay."""
        return self._len >= self._crowd_len or self._bytes >= self._crowd_bytes

    def _ring(self) -> None:
        if self._bell.empty():
            self._bell.put(None)
