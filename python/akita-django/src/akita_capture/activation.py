"""Starts a recorder from arguments and environment variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Union

from . import under_uwsgi
from .app_routes import ReadRoutes
from .document_report import Documents
from .log import logger, make_visible
from .recorder import Recorder
from .recorders import recorder_for
from .settings import NAMES, Reader, from_environment
from .trace import Trace


class Inert:
    """Takes the place of a recorder when nothing shall be captured."""

    traces: tuple[Trace, ...] = ()


MaybeRecorder = Union[Recorder, Inert]


def activate(arguments: Mapping[str, Any], read_routes: ReadRoutes | None = None) -> MaybeRecorder:
    """Return the started recorder for these arguments; the environment gives the rest.

    Wrong settings are logged. An argument that is not a setting raises ``TypeError``.
    """
    known = {name[len("AKITA_") :].lower(): name for name in NAMES}
    unknown = arguments.keys() - known.keys()
    if unknown:
        raise TypeError(f"unknown settings: {', '.join(sorted(unknown))}; known are {list(known)}")
    given = {known[name]: value for name, value in arguments.items() if value is not None}

    def lookup(name: str) -> Any:
        return given[name] if name in given else from_environment(name)

    return start(Reader(lookup), read_routes)


def start(
    reader: Reader, read_routes: ReadRoutes | None = None, documents: Documents | None = None
) -> MaybeRecorder:
    """Return the started recorder for these settings, or :class:`Inert`; never raise."""
    try:
        config = reader.config()
        blocker = under_uwsgi.blocker() if config is not None else None
        problems = [*reader.problems, blocker] if blocker else reader.problems
        if problems:
            make_visible()
        for problem in problems:
            logger.warning("%s %s", problem.text, problem.hint)
        if config is None or blocker:
            return Inert()
        return recorder_for(config, read_routes, documents)
    except Exception:  # noqa: BLE001 - a guest never raises
        logger.exception("Akita's middleware could not start: nothing is captured.")
        return Inert()
