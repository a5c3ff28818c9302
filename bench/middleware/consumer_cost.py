"""What it costs a request that its consumer is named.

    python3 bench/middleware/consumer_cost.py [--also /some/other/src]

It needs Django. Each version of akita-django runs in a process of its own, and they take
turns; in a process, the kinds of views do, request by request. Per request, in µs: the
middleware with a trace on, around a view that does nothing (the base), that names its
consumer, and with a function or a header in the settings.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 15
REQUESTS = 4000
OWN = Path(__file__).resolve().parents[2] / "python" / "akita-django" / "src"


class Sink:
    """Forgets calls."""

    max_body_bytes = 1 << 20

    def __init__(self, rule: object = None) -> None:
        try:
            from akita_capture.consumer import Consumers
        except ImportError:  # a version without consumers
            return
        self.consumers = Consumers(rule)

    def record(self, exchange: object) -> None:
        """Forget a call."""

    def fault(self, error: Exception) -> None:
        """Fail."""
        raise error


def measure() -> dict[str, float]:
    """Return the median time of a request for each kind of view, in µs."""
    import django
    from django.conf import settings

    settings.configure(ROOT_URLCONF=__name__, DEFAULT_CHARSET="utf-8")
    django.setup()
    from akita_django.observation import watch
    from django.http import HttpResponse
    from django.test import RequestFactory

    request = RequestFactory().get("/things/?page=1", HTTP_USER_AGENT="curl/8.5.0")

    def quiet(_: object) -> HttpResponse:
        return HttpResponse(b"ok")

    views = {"no consumer": (quiet, None)}
    try:
        from akita_capture import set_consumer
    except ImportError:
        pass
    else:

        def named(_: object) -> HttpResponse:
            set_consumer("mobile-app", "3.2")
            return HttpResponse(b"ok")

        views["set_consumer()"] = (named, None)
        views["a function"] = (quiet, lambda _: "mobile-app")
        views["a header"] = (quiet, ("x-client",))

    sinks = {name: Sink(rule) for name, (_, rule) in views.items()}
    times: dict[str, list[float]] = {name: [] for name in views}
    for _ in range(REQUESTS):
        for name, (view, _) in views.items():
            began = time.perf_counter()
            watch(sinks[name], view, request, ())
            times[name].append(time.perf_counter() - began)
    return {name: statistics.median(of) * 1e6 for name, of in times.items()}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--also", type=Path, help="the src folder of another version")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure()))
        return
    figures: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for source in filter(None, (OWN, options.also)):
            command = [sys.executable, __file__, "--measure"]
            out = subprocess.run(command, env={"PYTHONPATH": str(source)}, check=True, capture_output=True)
            label = "" if source == OWN else f"{source}: "
            for name, value in json.loads(out.stdout).items():
                figures.setdefault(label + name, []).append(value)
    for name, values in figures.items():
        spread = statistics.quantiles(values, n=10)
        print(f"{name:40} {statistics.median(values):6.2f} µs ({spread[0]:.2f} to {spread[-1]:.2f})")


if __name__ == "__main__":
    main()
