"""Prints the routes of doccano as Django's admindocs finds them, with "{}" for parameters.

It runs in doccano's environment without the middleware.
"""

import json
import re

import django
from django.contrib.admindocs.views import extract_views_from_urlpatterns, simplify_regex
from django.urls import get_resolver

PARAMETER = re.compile(r"<[^>]+>")

django.setup()
for _, route, *_ in extract_views_from_urlpatterns(get_resolver().url_patterns):
    print(json.dumps(PARAMETER.sub("{}", simplify_regex(route))))
