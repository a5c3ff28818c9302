"""Lists all routes of the URLconf, written as those of calls are."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.functional import Promise
from django.utils.translation import override

from akita_capture.app_routes import Route

from .exempt import is_exempt
from .methods import methods
from .routepath import LANGUAGE, join
from .routes import view_name


def routes() -> Iterable[Route] | None:
    """Return the routes, without those of exempt views; ``None`` if they are not loaded.

    The application loads its URLconf with its first request. It is not imported here:
    two threads that import the modules of one application may get unfinished ones.
    """
    return routes_of(settings.ROOT_URLCONF) if is_loaded(settings.ROOT_URLCONF) else None


def is_loaded(urlconf: Any) -> bool:
    """Report whether the application has loaded a URLconf."""
    if not isinstance(urlconf, str):
        return True
    module = sys.modules.get(urlconf)
    spec = getattr(module, "__spec__", None)
    return hasattr(module, "urlpatterns") and not getattr(spec, "_initializing", False)


def routes_of(urlconf: Any) -> Iterator[Route]:
    """Yield the routes of a URLconf, which is imported if it is not loaded."""
    for chain in chains(get_resolver(urlconf).url_patterns):
        view = chain[-1].callback
        if is_exempt(view):
            continue
        for route in _spellings([entry.pattern for entry in chain]):
            for method in methods(view):
                yield Route(method, route, view_name(view, method))


def chains(entries: Iterable[Any], above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield each URL pattern, behind the resolvers that include it."""
    for entry in entries:
        chain = (*above, entry)
        if isinstance(entry, URLPattern):
            yield chain
        else:
            yield from chains(entry.url_patterns, chain)


def _spellings(patterns: list[Any]) -> Iterator[str]:
    """Yield the routes of patterns as :mod:`akita_django.routepath` finds them for calls."""
    yield _joined(patterns, LANGUAGE)
    if any(_may_lack_prefix(pattern) for pattern in patterns):
        yield _joined(patterns, "")
    if any(_is_translated(pattern) for pattern in patterns):
        for language, _ in settings.LANGUAGES:
            if language != settings.LANGUAGE_CODE:
                with override(language):
                    yield _joined(patterns, None)


def _joined(patterns: list[Any], language: str | None) -> str:
    """Return the route of patterns; ``None`` stands for the active language."""
    route = ""
    for pattern in patterns:
        if isinstance(pattern, LocalePrefixPattern) and language is not None:
            route += language
        else:
            route = join(route, str(pattern))
    return route


def _may_lack_prefix(pattern: Any) -> bool:
    return isinstance(pattern, LocalePrefixPattern) and not pattern.prefix_default_language


def _is_translated(pattern: Any) -> bool:
    text = getattr(pattern, "_route", None) or getattr(pattern, "_regex", None)
    return isinstance(text, Promise)
