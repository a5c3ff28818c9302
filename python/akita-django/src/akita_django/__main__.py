"""Prints the routes of a project: ``python -m akita_django routes``."""

from __future__ import annotations

import sys

from akita_capture.route_command import run

from .route_command import add_project, read_project

if __name__ == "__main__":
    sys.exit(run("akita_django", add_project, read_project))
