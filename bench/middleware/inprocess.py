"""A process that calls Django's handler directly, as a WSGI server does.

It reads orders from standard input, one JSON object per line, and answers each with one line.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import process
from app.wsgi import application
from bench_product import PRODUCT
from traffic import MIX, Call


def call(request: Call) -> int:
    """Send a request; return the response time in nanoseconds."""
    environ = request.environ()
    status = ""

    def start_response(line: str, headers: Any, exc_info: Any = None) -> None:
        nonlocal status
        status = line

    began = time.perf_counter_ns()
    response = application(environ, start_response)
    for _ in response:
        pass
    response.close()  # type: ignore[attr-defined] # every response of Django has it
    took = time.perf_counter_ns() - began
    if not status.startswith(str(request.status)):
        raise RuntimeError(f"{request.method} {request.target} answered {status}, not {request.status}")
    return took


def block(n: int, rate: float) -> dict[str, Any]:
    """Send ``n`` requests, ``rate`` per second; 0 is back to back."""
    before = process.usage()
    took = []
    due = time.perf_counter()
    for i in range(n):
        if rate:
            due += 1 / rate
            time.sleep(max(due - time.perf_counter(), 0))
        took.append(call(MIX[i % len(MIX)]))
    PRODUCT.settle()
    after = process.usage()
    return {"ns": took, "cpu_ns": after["cpu_ns"] - before["cpu_ns"], "rss": after["rss"]}


def main() -> None:
    """Carry out orders until standard input ends."""
    PRODUCT.ready()
    print("{}", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(block(order["n"], order["rate"])), flush=True)


if __name__ == "__main__":
    main()
