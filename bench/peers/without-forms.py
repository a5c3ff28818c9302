"""Copy a HAR file without request bodies other than JSON.

mitmproxy2swagger 0.14 fails with an AttributeError at the first form in a HAR file.

usage: without-forms.py IN.har OUT.har
"""

import json
import sys
from pathlib import Path

har = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
for entry in har["log"]["entries"]:
    body = entry["request"].get("postData")
    if body and "json" not in body["mimeType"]:
        del entry["request"]["postData"]
Path(sys.argv[2]).write_text(json.dumps(har), encoding="utf-8")
