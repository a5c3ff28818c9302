"""A HAR file that is complete after each call that is added."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from .har import CREATOR

try:
    import fcntl
except ImportError:  # not POSIX: only one process may write

    def _lock(file: IO[bytes]) -> None:
        """Do nothing."""
else:

    def _lock(file: IO[bytes]) -> None:
        """Wait for other processes, such as parallel test runners, until the file is closed."""
        fcntl.flock(file, fcntl.LOCK_EX)


_HEAD = json.dumps({"log": {"version": "1.2", "creator": CREATOR, "entries": []}})
_TAIL = b"]}}"

_guard = threading.Lock()
_begun: set[Path] = set()


class HarFile:
    """A HAR 1.2 file. Several objects of one process may share a path.

    The first of them in a process empties the file. Raises ``OSError`` if the file
    cannot be written.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path).resolve()
        with _guard:
            if self.path not in _begun:
                self.path.write_text(_HEAD, encoding="utf-8")
                _begun.add(self.path)

    def add(self, entry: bytes) -> None:
        """Add an entry, as JSON."""
        with _guard, self.path.open("r+b") as file:
            _lock(file)
            end = file.seek(-len(_TAIL) - 1, 2)
            comma = b"" if file.read(1) == b"[" else b","
            file.seek(end + 1)
            file.write(comma + b"\n" + entry + _TAIL)


def join(path: Path, parts: Sequence[Path]) -> int:
    """Write the entries of ``parts``, which are files of ours, to ``path``, and remove them.

    Returns how many entries there are.
    """
    count = 0
    with path.open("wb") as file:
        file.write(_HEAD[: -len(_TAIL)].encode())
        for part in parts:
            for line in part.read_bytes().splitlines()[1:]:
                entry = line.removesuffix(_TAIL).removesuffix(b",")
                file.write((b",\n" if count else b"\n") + entry)
                count += 1
        file.write(_TAIL)
    for part in parts:
        part.unlink()
    return count
