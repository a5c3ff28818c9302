"""The command that prints the routes of a Django project."""

from __future__ import annotations

import argparse
import itertools
import os
from collections.abc import Iterable

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from akita_capture.app_routes import Route
from akita_capture.route_command import CommandError
from akita_capture.route_report import Excluded
from akita_capture.settings import Reader

from . import conf
from .urlconf import routes_of


def add_project(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that name a project."""
    parser.add_argument(
        "--settings", help="the module of the settings; usual is DJANGO_SETTINGS_MODULE"
    )
    parser.add_argument(
        "--urlconf",
        action="append",
        default=[],
        help="another URLconf, which a middleware sets for some requests (repeatable)",
    )


def read_project(given: argparse.Namespace) -> tuple[Iterable[Route], Excluded | None]:
    """Return the routes of the project, without those whose calls are not captured."""
    if given.settings:
        os.environ["DJANGO_SETTINGS_MODULE"] = given.settings
    try:
        django.setup()
        urlconfs = dict.fromkeys([settings.ROOT_URLCONF, *given.urlconf])
        routes = list(itertools.chain.from_iterable(map(routes_of, urlconfs)))
    except ImproperlyConfigured as error:
        raise CommandError(
            f"{error}\nName the settings, as manage.py does: --settings mysite.settings"
        ) from error
    except (ImportError, AttributeError) as error:
        raise CommandError(f"the project cannot be read: {error}") from error
    config = Reader(conf.lookup).config()
    return routes, config.excluded if config else None
