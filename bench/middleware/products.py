"""Installs each product in a Django project as its documentation says, capturing as much as it can.

Each sends to a sink on this machine. ``settle`` waits until everything captured so far has been sent, so
that its CPU time counts, and no product works while another is measured.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from typing import Any

DEADLINE_S = 60.0


class Product:
    """No product: the base of the comparison."""

    def __init__(self, sink: str) -> None:
        self.sink = sink

    def configure(self, settings: dict[str, Any]) -> None:
        """Change the project's settings; called at the end of the settings module."""

    def start(self) -> None:
        """Instrument Django; called between the settings and the application."""

    def ready(self) -> None:
        """Wait until it captures."""

    def settle(self) -> None:
        """Wait until all that was captured has been sent."""


class Akita(Product):
    """Our middleware; ``sink`` is the daemon and the project, as ``host:port/project``."""

    def configure(self, settings: dict[str, Any]) -> None:
        """Add the middleware."""
        address, _, project = self.sink.partition("/")
        settings["AKITA_DAEMON_HOST"] = address
        settings["AKITA_SERVICE_NAME"] = project
        settings["MIDDLEWARE"].insert(0, "akita_django.middleware.AkitaMiddleware")

    def settle(self) -> None:
        """Wait for the daemon's answers."""
        import akita_django

        def done() -> bool:
            counts = akita_django.stats()
            captured = counts.pop("captured")
            return sum(counts.values()) >= captured  # each was delivered or dropped

        _wait(done)


class AkitaTracing(Akita):
    """Our middleware, with a trace on."""

    def __init__(self, sink: str) -> None:
        super().__init__(sink)
        self._activated = threading.Event()

    def configure(self, settings: dict[str, Any]) -> None:
        """Add the middleware, and watch for the log line that says that it captures."""
        super().configure(settings)
        logger = logging.getLogger("akita_middleware")
        logger.setLevel(logging.INFO)
        logger.addHandler(_Watch("Activating trace", self._activated))

    def ready(self) -> None:
        """Wait for the trace."""
        if not self._activated.wait(DEADLINE_S):
            raise TimeoutError("the middleware did not activate the trace")


class Apitally(Product):
    """Request logs with headers and bodies of up to 50 kB."""

    def start(self) -> None:
        """Initialize it."""
        import apitally.django_rest_framework
        from django.conf import settings

        settings.MIDDLEWARE  # noqa: B018 - loads the settings, which init() changes
        apitally.django_rest_framework.init(
            write_token="apt_" + "0" * 24,
            otlp_endpoint=self.sink,
            capture_request_headers=True,
            capture_request_body=True,
            capture_response_headers=True,
            capture_response_body=True,
        )

    def settle(self) -> None:
        """Export now instead of every 15 s."""
        from apitally.shared import activation

        if activation.export_worker is not None:
            activation.export_worker.run_cycle(None)


class Sentry(Product):
    """Performance tracing of every request, with request bodies; it has no response bodies."""

    def configure(self, settings: dict[str, Any]) -> None:
        """Initialize it."""
        import sentry_sdk

        sentry_sdk.init(
            dsn=self.sink.replace("://", "://key@") + "/1",
            traces_sample_rate=1.0,
            max_request_body_size="always",
            send_default_pii=True,
            transport_queue_size=10_000,  # with the default of 100 it drops back-to-back requests
        )

    def settle(self) -> None:
        """Empty its queue."""
        import sentry_sdk

        sentry_sdk.flush(timeout=DEADLINE_S)


class OpenTelemetry(Product):
    """A span for every request, with all headers; it has no bodies."""

    def start(self) -> None:
        """Instrument Django."""
        for side in ("REQUEST", "RESPONSE"):
            os.environ[f"OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_{side}"] = ".*"
        from opentelemetry import trace
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.instrumentation.django import DjangoInstrumentor
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        self._provider = TracerProvider()
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(self.sink + "/v1/traces")))
        trace.set_tracer_provider(self._provider)
        DjangoInstrumentor().instrument()

    def settle(self) -> None:
        """Empty its queue."""
        self._provider.force_flush()


class Treblle(Product):
    """Its defaults; it has no settings for what is captured."""

    def configure(self, settings: dict[str, Any]) -> None:
        """Add the middleware, and send to the sink without TLS."""
        from treblle.middleware import TreblleMiddleware

        settings["TREBLLE"] = {"SDK_TOKEN": "token", "API_KEY": "key"}
        settings["INSTALLED_APPS"].append("treblle")
        settings["MIDDLEWARE"].append("treblle.middleware.TreblleMiddleware")
        session = TreblleMiddleware.get_session()
        post, url = session.post, self.sink + "/treblle"
        session.post = lambda **arguments: post(**{**arguments, "url": url})

    def settle(self) -> None:
        """Empty its thread pool."""
        from treblle.middleware import TreblleMiddleware

        TreblleMiddleware.get_thread_pool().shutdown(wait=True)
        TreblleMiddleware._thread_pool = None


class _Watch(logging.Handler):
    """Sets an event at a log line with this text."""

    def __init__(self, text: str, event: threading.Event) -> None:
        super().__init__()
        self._text = text
        self._event = event

    def emit(self, record: logging.LogRecord) -> None:
        """Look at a line."""
        if self._text in record.getMessage():
            self._event.set()


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the product did not send everything")
        time.sleep(0.02)


PRODUCTS: dict[str, type[Product]] = {
    "none": Product,
    "akita": Akita,
    "akita-tracing": AkitaTracing,
    "apitally": Apitally,
    "sentry": Sentry,
    "opentelemetry": OpenTelemetry,
    "treblle": Treblle,
}
