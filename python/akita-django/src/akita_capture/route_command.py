"""The commands that print the routes of an application, for ``akita routes``."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence

from .app_routes import Route, routes_of
from .route_report import Excluded, listing


class CommandError(Exception):
    """Says what is wrong, and what to do next."""


Read = Callable[[argparse.Namespace], "tuple[Iterable[Route], Excluded | None]"]
"""Returns the routes that arguments name, and which paths are not captured."""


def run(
    program: str,
    add_arguments: Callable[[argparse.ArgumentParser], None],
    read: Read,
    arguments: Sequence[str] | None = None,
) -> int:
    """Print the routes as JSON, and return the exit code: 2 if they cannot be read."""
    parser = argparse.ArgumentParser(prog=f"python -m {program}")
    commands = parser.add_subparsers(dest="command", required=True)
    text = "Print the routes of the application as JSON, for akita routes."
    add_arguments(commands.add_parser("routes", help=text, description=text))
    try:
        routes, excluded = read(parser.parse_args(arguments))
        printed = json.dumps(listing(routes, excluded), indent=1)
    except CommandError as error:
        sys.stderr.write(f"{program}: {error}\n")
        return 2
    sys.stdout.write(printed + "\n")
    return 0


def add_application(parser: argparse.ArgumentParser) -> None:
    """Add the argument that names an application of Flask, Starlette or FastAPI."""
    parser.add_argument("application", metavar="MODULE:NAME", help="such as shop.main:app")


def read_application(given: argparse.Namespace) -> tuple[Iterable[Route], None]:
    """Return the routes of the application that the arguments name."""
    module, _, name = given.application.partition(":")
    if not module or not name:
        raise CommandError(f"{given.application!r} must be MODULE:NAME, such as shop.main:app")
    try:
        app = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise CommandError(f"{given.application} cannot be imported: {error}") from error
    routes = routes_of(app)
    if routes is None:
        raise CommandError(
            f"{given.application} is no application of Flask, Starlette or FastAPI: name one, "
            'or see "python -m akita_django routes --help" for Django'
        )
    return routes, None
