"""Calls the shop in this process, and records the calls. usage: record.py FILE.har"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from akita_django.test import Client  # noqa: E402

from calls import drive  # noqa: E402

with Client(har_file_path=sys.argv[1]) as client:
    drive(client)
