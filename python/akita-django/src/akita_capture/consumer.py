"""Who makes a call, as the application names it.

The names and versions that code gives are code, and so they may leave the machine. The
label of a header is a value, and is marked as one.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Any, NamedTuple, Union

from .fault import place
from .log import logger

NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._/+-]{0,62}[A-Za-z0-9])?")
VERSION = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,38}[A-Za-z0-9])?")
_LETTER = re.compile("[A-Za-z]")
_ID = re.compile("[0-9]{5}")

_RULES = (
    "A name has up to 64 letters, digits, spaces and ._-/+, with a letter among them, and is no "
    "id; a version has up to 40 letters, digits and ._-+."
)

Rule = Union[Callable[[Any], Any], tuple[str, ...], None]
"""How consumers are named: a function of the request, or names of headers in lower case."""


class Consumer(NamedTuple):
    """Who made a call."""

    name: str
    version: str = ""
    in_header: bool = False
    """Whether it is the label of a header, and not named by code."""

    def members(self) -> dict[str, object]:
        """Return the members of ``_akita``."""
        members: dict[str, object] = {"consumer": self.name}
        if self.version:
            members["consumer_version"] = self.version
        if self.in_header:
            members["consumer_in_header"] = True
        return members


_current: ContextVar[Naming | None] = ContextVar("akita_consumer", default=None)


def set_consumer(name: str | None, version: str | None = None) -> None:
    """Name who makes the current call: a program, and never a person.

    Call it while the application answers a request, in any function, thread or task that
    inherits its context. It takes precedence over ``AKITA_CONSUMER``; the last call counts,
    and ``None`` takes it back. Without a trace it does nothing. It never raises: what cannot
    be a name or a version is logged once.
    """
    naming = _current.get()
    if naming is not None:
        naming.set(name, version)


class Naming:
    """Holds the name that code gives to the consumer of one call, while it is in context.

    It is an object that contexts share, because tasks and threads have copies of the context.
    """

    __slots__ = ("_consumers", "_token", "consumer")

    def __init__(self, consumers: Consumers) -> None:
        self._consumers = consumers
        self._token: Token[Naming | None] | None = None
        self.consumer: Consumer | None = None

    def set(self, name: str | None, version: str | None) -> None:
        """Set or take back the name."""
        self.consumer = None if name is None else self._consumers.checked(name, version)

    def __enter__(self) -> None:
        self._token = _current.set(self)

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._token is not None:
            try:
                _current.reset(self._token)
            except ValueError:  # a server has ended the call in another context
                _current.set(None)


class Consumers:
    """Names the consumers of calls by the rule of the settings, and logs what fails, once each."""

    def __init__(self, rule: Rule) -> None:
        self._function = rule if callable(rule) else None
        self.headers: tuple[str, ...] = rule if isinstance(rule, tuple) else ()
        """The headers that name consumers, in lower case."""
        self._logged: set[str] = set()

    def of(self, naming: Naming, subject: Any) -> Consumer | None:
        """Return who made a call; ``subject`` is what the function of the settings takes."""
        if naming.consumer is not None or self._function is None:
            return naming.consumer
        try:
            answer = self._function(subject)
        except Exception as error:  # noqa: BLE001 - a guest never raises
            where = place(error)
            self._log("raised", f"AKITA_CONSUMER raised {type(error).__name__}{where}.")
            return None
        if answer is None:
            return None
        if isinstance(answer, tuple) and len(answer) == 2:
            return self.checked(*answer)
        if inspect.iscoroutine(answer):
            answer.close()
        return self.checked(answer, None)

    def checked(self, name: Any, version: Any) -> Consumer | None:
        """Return a consumer that code names; ``None`` if its name cannot be one."""
        if not isinstance(name, str) or not isinstance(version, (str, type(None))):
            self._log("type", f"The name or the version of a consumer is no text. {_RULES}")
            return None
        consumer = _label(name, version or "")
        if consumer is None:
            self._log("name", f"The name of a consumer is refused. {_RULES}")
        elif version and not consumer.version:
            self._log("version", f"The version of a consumer is refused. {_RULES}")
        return consumer

    def in_headers(self, sent: Mapping[str, str]) -> Consumer | None:
        """Return the label in the first header of the settings that has one: ``name/version``."""
        for header in self.headers:
            name, _, version = sent.get(header, "").strip().partition("/")
            consumer = _label(name, version)
            if consumer is not None:
                return consumer._replace(in_header=True)
        return None

    def _log(self, what: str, message: str) -> None:
        if what not in self._logged:
            self._logged.add(what)
            logger.warning("%s The call counts as one of an unknown consumer.", message)


@functools.lru_cache(maxsize=512)
def _label(name: str, version: str) -> Consumer | None:
    """Return a consumer, or ``None``; a version that cannot be one is left out."""
    if not NAME.fullmatch(name) or not _LETTER.search(name) or _ID.search(name):
        return None
    return Consumer(name, version if VERSION.fullmatch(version) else "")
