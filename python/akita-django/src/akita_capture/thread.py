"""A thread that can be stopped and started again."""

from __future__ import annotations

import threading

from .daemon import DaemonClient
from .fault import Faults

FAULT_PAUSE_S = 1.0


class DaemonThread:
    """A loop that talks to the daemon on its own thread.

    Its state is in the object, not in the thread, so it continues where it was stopped.
    """

    name = "akita"

    def __init__(self, client: DaemonClient, faults: Faults) -> None:
        self._client = client
        self._faults = faults
        self._stopping = threading.Event()
        self._lock = threading.RLock()
        self._wanted = False
        self._thread: threading.Thread | None = None

    def run(self) -> None:
        """Work until ``self._stopping`` is set."""
        raise NotImplementedError

    def wake(self) -> None:
        """Make :meth:`run` look at ``self._stopping`` at once."""
        self._client.abort()

    @property
    def running(self) -> bool:
        """Whether it was started and not stopped since."""
        return self._wanted

    def start(self) -> None:
        """Start. Does nothing if it runs."""
        if self._wanted:
            return
        with self._lock:
            if self._thread is None:
                thread = threading.Thread(target=self._loop, name=self.name, daemon=True)
                thread.start()  # if it fails, the next call tries again
                self._thread = thread
            self._wanted = True

    def stop(self, timeout: float) -> None:
        """Stop, waiting up to ``timeout`` seconds. Does nothing if it does not run."""
        with self._lock:
            self._wanted = False
            thread = self._thread
            if thread is None:
                return
            self._stopping.set()
            self.wake()
        thread.join(timeout)

    def _loop(self) -> None:
        while True:
            try:
                self.run()
            except Exception as error:  # noqa: BLE001 - the thread survives our own errors
                self._faults.report(error)
                self._stopping.wait(FAULT_PAUSE_S)
            self._client.close()
            with self._lock:
                self._stopping.clear()
                self._client.reopen()
                if not self._wanted:  # else it was started again before it ended
                    self._thread = None
                    return
