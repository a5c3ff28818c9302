"""Adds to each call the route by which Django resolves its path, with "{}" for parameters.

It reads and writes JSON lines, and runs in doccano's environment without the middleware.
"""

import json
import re
import sys

import django
from django.contrib.admindocs.views import simplify_regex
from django.urls import Resolver404, resolve

PARAMETER = re.compile(r"<[^>]+>")


def template(path: str) -> str:
    """Return the route of a path; empty if there is none."""
    try:
        return PARAMETER.sub("{}", simplify_regex(resolve(path).route))
    except Resolver404:
        return ""


django.setup()
for line in sys.stdin:
    call = json.loads(line)
    print(json.dumps({**call, "template": template(call["path"])}))
