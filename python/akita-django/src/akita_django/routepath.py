"""Finds the parts of a route that are missing in ``ResolverMatch.route``.

For ``i18n_patterns`` it has the active language instead of a parameter, and for a pattern
that may match anywhere in the path it does not say that something came before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import ResolverMatch, URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern
from django.utils.translation import get_language_from_path

LANGUAGE = "<language>/"
"""The prefix of ``i18n_patterns``, as a parameter of the route."""
ANYWHERE = "^.*"
"""Stands before an unanchored pattern, for the text that it skips."""

_MAX_KNOWN = 2000
_known: dict[tuple[Any, str, Any], str | None] = {}
"""The whole route by resolver, match's route and view; ``None`` if it depends on the path."""


def whole_route(match: ResolverMatch, path_info: str, urlconf: Any) -> str:
    """Return the route of a match with the parts that Django leaves out."""
    resolver = get_resolver(urlconf)
    key = (resolver, match.route, match.func)
    route = _known.get(key, "")
    if route:
        return route
    whole, depends = _resolve(resolver, match, path_info)
    if key not in _known:
        if len(_known) >= _MAX_KNOWN:
            _known.clear()
        _known[key] = None if depends else whole
    return whole


def _resolve(resolver: Any, match: ResolverMatch, path_info: str) -> tuple[str, bool]:
    """Return the whole route, and whether it depends on the path."""
    taken = _walk(resolver.url_patterns, path_info.removeprefix("/"))
    if taken is None or taken[-1][0].callback is not match.func:
        # Translated patterns may not match here, where no language is active.
        return match.route, True
    route = ""
    for entry, before, path in taken:
        piece = _piece(entry.pattern, path)
        route = join(route + (before or ""), piece)
    return route, any(before is not None for _, before, _ in taken)


def join(route: str, piece: str) -> str:
    """Return a route with the next pattern's part of it."""
    return route + (piece.removeprefix("^") if route else piece)


def _walk(entries: Iterable[Any], path: str) -> list[tuple[Any, str | None, str]] | None:
    """Return the entries that match a path, as Django resolves it.

    With each there is what stands before its part of the route, ``None`` if it is anchored,
    and the path that it was matched with.
    """
    for entry in entries:
        pattern = entry.pattern
        rest = _rest(pattern, path)
        if rest is None:
            continue
        step = (entry, _before(pattern, path), path)
        if isinstance(entry, URLPattern):
            return [step]
        below = _walk(entry.url_patterns, rest)
        if below is not None:
            return [step, *below]
    return None


def _rest(pattern: Any, path: str) -> str | None:
    """Return what a pattern leaves of a path; ``None`` if it does not match."""
    if isinstance(pattern, LocalePrefixPattern):
        language = _language(path)
        if language:
            return path[len(language) + 1 :]
        return None if pattern.prefix_default_language else path
    match = pattern.match(path)
    return None if match is None else str(match[0])


def _piece(pattern: Any, path: str) -> str:
    if isinstance(pattern, LocalePrefixPattern):
        return LANGUAGE if _language(path) else ""
    return str(pattern)


def _language(path: str) -> str:
    """Return the language with which a path begins; empty without one."""
    language, slash, _ = path.partition("/")
    if not slash:
        return ""
    codes = (settings.LANGUAGE_CODE.lower(), get_language_from_path(f"/{path}"))
    return language if language.lower() in codes else ""


def _before(pattern: Any, path: str) -> str | None:
    """Return what stands for the text that a pattern skips; ``None`` if it is anchored."""
    if not isinstance(pattern, RegexPattern) or str(pattern).startswith("^"):
        return None
    match = pattern.regex.search(path)
    return ANYWHERE if match is not None and match.start() > 0 else ""
