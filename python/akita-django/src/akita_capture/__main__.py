"""Prints the routes of an application: ``python -m akita_capture routes shop.main:app``."""

from __future__ import annotations

import sys

from .route_command import add_application, read_application, run

if __name__ == "__main__":
    sys.exit(run("akita_capture", add_application, read_application))
