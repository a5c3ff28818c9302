"""The report of an application's OpenAPI document."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from akita_capture import Address, Config, recorders
from akita_capture.daemon import DaemonClient
from akita_capture.document_report import CALM_S, Document, DocumentReport, Documents

pytestmark = pytest.mark.any_django

CONTENT = {"openapi": "3.0.3", "paths": {"/users/{id}/": {"get": {}}, "/healthz": {"get": {}}}}
SHOP = Document("drf-spectacular", json.dumps(CONTENT))


@pytest.fixture
def box(daemon):
    """Make boxes, and close their connections."""
    made = []

    def make(generate, **settings):
        made.append(Box(daemon, generate, **settings))
        return made[-1]

    yield make
    for one in made:
        one.client.close()


class Box:
    """A report with a daemon and a clock."""

    def __init__(self, daemon, generate, **settings):
        host, _, port = daemon.address.partition(":")
        config = Config("demo", "here", address=Address(host, int(port)), **settings)
        self.daemon, self.now, self.reads, self.complete = daemon, 1000.0, 0, True
        self.client = DaemonClient(config)

        def counted():
            self.reads += 1
            return generate()

        documents = Documents(lambda: self.complete, counted)
        self.report = DocumentReport(config, documents, clock=lambda: self.now)

    def send(self, after=CALM_S):
        self.report.send(self.client)
        self.now += after
        self.report.send(self.client)
        return self.daemon.documents


def test_the_document_is_sent_once(box):
    one = box(lambda: SHOP)
    for _ in range(3):
        assert one.send() == [
            {"client_name": "here", "generator": "drf-spectacular", "document": CONTENT}
        ]
    assert one.reads == 1


def test_it_waits_until_the_application_has_started(box):
    one = box(lambda: SHOP)
    one.complete = False
    assert one.send() == []
    one.complete = True
    assert one.send(after=CALM_S - 1) == []
    assert len(one.send(after=1)) == 1


def test_a_daemon_that_is_away_gets_it_later(daemon, box):
    one = box(lambda: SHOP)
    daemon.stop()
    assert one.send() == []
    daemon.start()
    assert len(one.send()) == 1
    assert one.reads == 1


def test_another_process_generates_it(daemon, box, log):
    daemon.set(wants_documents=False)
    one = box(lambda: SHOP)
    one.send()
    daemon.set(wants_documents=True)
    assert one.send() == []
    assert one.reads == 0
    assert log.lines == []


def test_an_older_daemon_is_asked_once(daemon, box, log):
    daemon.set(takes_documents=False)
    one = box(lambda: SHOP)
    one.send()
    asked = len(daemon.headers)
    assert one.send() == []
    assert len(daemon.headers) == asked
    assert log.lines == []


def test_an_application_without_a_library_reports_nothing(box, log):
    one = box(lambda: None)
    one.send()
    assert one.send() == []
    assert one.reads == 1
    assert log.lines == []


def fail():
    raise RuntimeError("secret")


@pytest.mark.parametrize("generate", [fail, lambda: Document("drf-yasg", "no JSON")])
def test_a_document_that_cannot_be_generated_is_told_once(box, log, generate):
    one = box(generate)
    one.send()
    assert one.send() == []
    assert len(log.lines) == 1
    assert "OpenAPI document cannot be generated" in log.lines[0]
    assert "secret" not in log.lines[0]


def test_a_document_that_is_too_large_is_told_once(box, log, monkeypatch):
    monkeypatch.setattr("akita_capture.document_report.MAX_BYTES", 100)
    one = box(lambda: SHOP)
    one.send()
    assert one.send() == []
    assert len(log.lines) == 1


def test_a_setting_turns_it_off(box):
    one = box(lambda: SHOP, report_openapi=False)
    assert one.send() == []
    assert one.reads == 0


@pytest.mark.parametrize(
    ("base", "path", "kept"),
    [
        ("", "/healthz", False),
        ("", "/healthz/{id}", False),
        ("", "/healthzone", True),
        ("", "/internal/{name}/", False),
        ("/internal", "/things/", False),
        ("/api", "/internal/", True),
    ],
)
def test_excluded_paths_are_not_reported(box, base, path, kept):
    content = {"swagger": "2.0", "basePath": base, "paths": {path: {}}}
    excluded = ("/healthz", re.compile("/internal/"))
    one = box(lambda: Document("drf-yasg", json.dumps(content)), exclude_paths=excluded)
    assert list(one.send()[0]["document"]["paths"]) == ([path] if kept else [])


def test_the_middleware_reports_between_polls(daemon, recorder, monkeypatch):
    monkeypatch.setattr("akita_capture.document_report.CALM_S", 0.0)
    recorder(documents=Documents(lambda: True, lambda: SHOP))
    daemon.wait_registered()
    daemon.set(holds=False)
    daemon.wait(lambda: daemon.documents, "document")
    assert daemon.documents[0]["document"] == CONTENT


def test_django_reports_its_document(traced, monkeypatch):
    monkeypatch.setattr("akita_capture.document_report.CALM_S", 0.0)
    monkeypatch.setattr("akita_django.document.documents", Documents(lambda: True, lambda: SHOP))
    recorders.stop_all()  # the recorder of the fixture was not made by the middleware
    Client().get("/ok/")
    traced.set(holds=False)
    traced.wait(lambda: traced.documents, "document")
    assert traced.documents[0]["generator"] == "drf-spectacular"
