"""From arguments and environment to a recorder that runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Union

from . import under_uwsgi
from .log import logger, make_visible
from .recorder import Recorder
from .recorders import recorder_for
from .settings import NAMES, Reader, from_environment
from .trace import Trace


class Inert:
    """Stands for a recorder where nothing is to be captured."""

    traces: tuple[Trace, ...] = ()


MaybeRecorder = Union[Recorder, Inert]


def activate(arguments: Mapping[str, Any]) -> MaybeRecorder:
    """Give the started recorder for these arguments, with the environment behind them.

    Settings that are wrong are told to the log; an argument that is none of the
    settings raises ``TypeError``, as Python does.
    """
    known = {name[len("AKITA_") :].lower(): name for name in NAMES}
    unknown = arguments.keys() - known.keys()
    if unknown:
        raise TypeError(f"no such settings: {', '.join(sorted(unknown))}; there are {list(known)}")
    given = {known[name]: value for name, value in arguments.items() if value is not None}

    def lookup(name: str) -> Any:
        return given[name] if name in given else from_environment(name)

    return start(Reader(lookup))


def start(reader: Reader) -> MaybeRecorder:
    """Give the started recorder for these settings; never raise, whatever they are."""
    try:
        config = reader.config()
        hindrance = under_uwsgi.hindrance() if config is not None else None
        problems = [*reader.problems, hindrance] if hindrance else reader.problems
        if problems:
            make_visible()
        for problem in problems:
            logger.warning("%s %s", problem.text, problem.hint)
        return Inert() if config is None or hindrance else recorder_for(config)
    except Exception:  # noqa: BLE001 - a guest never raises
        logger.exception("Akita's middleware could not start, and captures nothing")
        return Inert()
