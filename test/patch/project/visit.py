"""Calls the shop over HTTP, and says how often. usage: visit.py URL"""

import http.client
import json
import sys
from urllib.parse import urlencode, urlsplit

from calls import drive


class Answer:
    def __init__(self, response):
        self.text = response.read()

    def json(self):
        return json.loads(self.text)


class Visitor:
    """It has the methods of Django's test client that the calls need."""

    def __init__(self, url):
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc)
        self.calls = 0

    def send(self, method, path, data="", content_type="application/octet-stream", headers=None):
        body = json.dumps(data) if content_type == "application/json" else data
        kind = {"Content-Type": content_type} if body else {}
        self.connection.request(method, path, body or None, {**kind, **(headers or {})})
        self.calls += 1
        return Answer(self.connection.getresponse())

    def get(self, path, query=None, headers=None):
        return self.send("GET", path + ("?" + urlencode(query) if query else ""), headers=headers)

    def post(self, *args):
        return self.send("POST", *args)

    def put(self, *args):
        return self.send("PUT", *args)

    def patch(self, *args):
        return self.send("PATCH", *args)

    def delete(self, path):
        return self.send("DELETE", path)


visitor = Visitor(sys.argv[1])
drive(visitor)
print(visitor.calls, "calls")
