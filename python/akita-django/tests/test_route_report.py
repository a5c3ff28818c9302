"""The report of an application's routes."""

from __future__ import annotations

import json
import re

import plain_asgi
import pytest
from django.test import Client
from drive import asgi_entry

from akita_capture import Address, AkitaASGI, Config, recorders
from akita_capture.app_routes import Route
from akita_capture.daemon import DaemonClient
from akita_capture.route_report import CALM_S, MAX_ROUTES, RouteReport

pytestmark = pytest.mark.any_django


@pytest.fixture
def box(daemon):
    """Make boxes, and close their connections."""
    made = []

    def make(read, **settings):
        made.append(Box(daemon, read, **settings))
        return made[-1]

    yield make
    for one in made:
        one.client.close()


USERS = Route("GET", "users/<int:pk>/", "shop.User")
ITEMS = Route("POST", "items/", "shop.Items")


class Box:
    """A report with a daemon and a clock."""

    def __init__(self, daemon, read, **settings):
        host, _, port = daemon.address.partition(":")
        config = Config("demo", "here", address=Address(host, int(port)), **settings)
        self.daemon, self.now, self.reads = daemon, 1000.0, 0
        self.client = DaemonClient(config)

        def counted():
            self.reads += 1
            return read()

        self.report = RouteReport(config, counted, clock=lambda: self.now)

    def send(self, after=0.0):
        self.now += after
        self.report.send(self.client)
        return [body["routes"] for body in self.daemon.routes]


def rows(*routes):
    return [route._asdict() for route in routes]


def test_routes_are_sent_when_they_are_complete(daemon, box):
    routes = [None]
    one = box(lambda: routes[0])
    assert one.send() == []
    routes[0] = iter([USERS, USERS, ITEMS])
    assert one.send() == [rows(USERS, ITEMS)]
    assert daemon.routes[0] == {"client_name": "here", "routes": rows(USERS, ITEMS)}


def test_routes_are_read_again_until_they_do_not_change(daemon, box):
    routes = [USERS]
    one = box(lambda: list(routes))
    one.send()
    routes.append(ITEMS)
    assert len(one.send(after=1)) == 1, "it is too early"
    assert one.send(after=CALM_S) == [rows(USERS), rows(USERS, ITEMS)]
    for _ in range(3):
        assert len(one.send(after=CALM_S)) == 2
    assert one.reads == 3, "the third found no change"


def test_a_daemon_that_is_away_gets_them_later(daemon, box):
    one = box(lambda: [USERS])
    daemon.stop()
    assert one.send() == []
    daemon.start()
    assert one.send() == [rows(USERS)]


def test_an_older_daemon_is_asked_once(daemon, box, log):
    daemon.set(takes_routes=False)
    one = box(lambda: [USERS])
    for _ in range(3):
        assert one.send(after=CALM_S) == []
    assert one.reads == 1
    assert log.lines == []


def test_routes_that_cannot_be_read_are_told_once(daemon, box, log):
    def fail():
        yield USERS
        raise RuntimeError("secret")

    one = box(fail)
    for _ in range(3):
        assert one.send(after=CALM_S) == []
    assert len(log.lines) == 1
    assert "routes cannot be read (RuntimeError)" in log.lines[0]
    assert "secret" not in log.lines[0]


def test_the_list_is_bounded(daemon, box):
    one = box(lambda: (Route("GET", f"a/{i}/", "") for i in range(MAX_ROUTES + 1)))
    assert [len(routes) for routes in one.send()] == [MAX_ROUTES]
    assert daemon.routes[0]["truncated"] is True


@pytest.mark.parametrize(
    ("route", "kept"),
    [
        ("healthz", False),
        ("/healthz", False),
        ("^healthz/$", False),
        ("healthz/<int:pk>/", False),
        ("healthzone/", True),
        ("internal/<slug:name>/", False),
        (r"^internal/(?P<name>\w+)/$", False),
        ("users/<int:pk>/", True),
    ],
)
def test_excluded_paths_are_not_reported(daemon, box, route, kept):
    excluded = ("/healthz", re.compile("/internal/"))
    one = box(lambda: [Route("GET", route, "")], exclude_paths=excluded)
    assert one.send() == [rows(Route("GET", route, ""))] if kept else [[]]


def test_the_middleware_reports_between_polls(daemon, recorder):
    recorder(read_routes=lambda: [USERS])
    daemon.wait_registered()
    daemon.set(holds=False)
    daemon.wait(lambda: daemon.routes, "routes")
    assert daemon.routes[0]["routes"] == rows(USERS)


def test_django_reports_its_urlconf(traced):
    recorders.stop_all()  # the recorder of the fixture was not made by the middleware
    Client().get("/ok/")
    traced.set(holds=False)
    traced.wait(lambda: traced.routes, "routes")
    thing = {"method": "GET", "route": "things/<int:pk>/", "view": "site_urls.Thing"}
    assert thing in traced.routes[0]["routes"]


def test_the_routes_of_a_wrapped_application_are_reported(daemon, wrap):
    app = wrap(AkitaASGI, plain_asgi.fastapi)
    asgi_entry(daemon, app, "GET", "/users/7")
    daemon.set(holds=False)
    daemon.wait(lambda: daemon.routes, "routes")
    assert "/users/{pk}" in json.dumps(daemon.routes[0])
