"""Copies a HAR file without the bodies of requests that are no JSON.

mitmproxy2swagger 0.14 ends with an AttributeError at the first form it finds in a HAR file.

usage: without-forms.py IN.har OUT.har
"""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as source:
    har = json.load(source)
for entry in har["log"]["entries"]:
    body = entry["request"].get("postData")
    if body and "json" not in body["mimeType"]:
        del entry["request"]["postData"]
with open(sys.argv[2], "w", encoding="utf-8") as target:
    json.dump(har, target)
