"""A call and a trace to record it in."""

from __future__ import annotations

from akita_capture import Exchange, Trace

TRACE = Trace("lrn_6EjLU2sINbfKRwmqeqQM8s", "powder-blue-panda-338")


def exchange(path="/x/", traces=(TRACE,), **changes):
    return Exchange(
        traces=traces,
        started=1_700_000_000.5,
        method="GET",
        scheme="http",
        host="testserver",
        path=path,
        query="",
        http_version="HTTP/1.1",
        request_headers=[],
        request_body=None,
        status=200,
        **changes,
    )


def paths(events):
    return [event["request"]["url"].removeprefix("http://testserver") for event in events]
