"""Consumers are named by code, and by nothing else that a call holds."""

from __future__ import annotations

import asyncio
import threading

import apps
import plain_wsgi
import pytest
from apps import Call
from asgiref.sync import async_to_sync, sync_to_async
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path
from drive import call as call_asgi
from drive import serve

import akita_django
import akita_django.test
from akita_capture import AkitaASGI, AkitaWSGI, set_consumer
from akita_capture.consumer import Consumers, Naming

BARRIER_S = 10


def by_view(request, name):
    set_consumer(name, request.GET.get("version"))
    return HttpResponse("ok")


async def by_async_view(request, name):
    set_consumer("overwritten")
    await asyncio.sleep(0)
    set_consumer(name)
    return HttpResponse("ok")


async def by_task(request, name):
    async def work():
        await asyncio.sleep(0)
        set_consumer(name)

    await asyncio.gather(work(), asyncio.sleep(0))
    return HttpResponse("ok")


async def by_thread(request, name):
    await sync_to_async(set_consumer)(name)
    return HttpResponse("ok")


def by_async_code(request, name):
    async def work():
        set_consumer(name)

    async_to_sync(work)()
    return HttpResponse("ok")


def nobody(request):
    return HttpResponse("ok")


def then_fails(request, name):
    set_consumer(name)
    raise RuntimeError


async def streams(request, name):
    async def chunks():
        yield b"a"
        yield b"b"

    set_consumer(name)
    return StreamingHttpResponse(chunks())


VIEWS = [by_view, by_async_view, by_task, by_thread, by_async_code, then_fails]
urlpatterns = [
    *(path(f"{view.__name__}/<name>/", view) for view in (*VIEWS, streams)),
    path("nobody/", nobody),
]


@pytest.fixture
def site(traced, settings):
    """Make calls of the site above and return what their entries say of the consumer."""

    def make(*calls, server=apps.wsgi, **changes):
        settings.set(
            ROOT_URLCONF=__name__,
            MIDDLEWARE=["akita_django.middleware.AkitaMiddleware"],
            **changes,
        )
        before = len(traced.events())
        for call in calls:
            assert server(call).status in (200, 500)
        return [known(entry) for entry in traced.wait_events(before + len(calls))[before:]]

    return make


def known(entry):
    akita = entry["_akita"]
    return tuple(akita.get(name) for name in ("consumer", "consumer_version", "consumer_in_header"))


@pytest.mark.parametrize(
    ("view", "server"),
    [
        *((view, server) for view in VIEWS for server in (apps.wsgi, apps.asgi)),
        (streams, apps.asgi),
    ],
)
def test_a_view_names_the_consumer_and_the_next_call_has_none(site, view, server):
    found = site(
        Call("GET", f"/{view.__name__}/app/"),
        Call("GET", "/nobody/"),
        Call("GET", f"/{view.__name__}/job/"),
        server=server,
    )

    assert found == [("app", None, None), (None, None, None), ("job", None, None)]


def test_a_version(site):
    assert site(Call("GET", "/by_view/mobile-app/", query="version=3.2")) == [
        ("mobile-app", "3.2", None)
    ]


def test_calls_at_the_same_time_have_their_own_consumers(daemon, wrap):
    at_once = threading.Barrier(8)

    def application(environ, start_response):
        name = environ["PATH_INFO"].strip("/")
        at_once.wait(BARRIER_S)
        set_consumer(name)
        at_once.wait(BARRIER_S)
        start_response("200 OK", [])
        return [b"ok"]

    app = wrap(AkitaWSGI, application)
    threads = [threading.Thread(target=serve, args=(app, "GET", f"/thread-{n}")) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for entry in daemon.wait_events(8):
        assert entry["request"]["url"].endswith(f"/{known(entry)[0]}?q=1")


def test_tasks_at_the_same_time_have_their_own_consumers(daemon, wrap):
    async def application(scope, receive, send):
        name = scope["path"].strip("/")

        async def work():
            await asyncio.sleep(0.001)
            set_consumer(name)

        await asyncio.gather(work(), asyncio.sleep(0.002))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    app = wrap(AkitaASGI, application)

    async def calls():
        await asyncio.gather(*(call_asgi(app, "GET", f"/task-{n}") for n in range(20)))

    asyncio.run(calls())

    for entry in daemon.wait_events(20):
        assert entry["request"]["url"].endswith(f"/{known(entry)[0]}?q=1")


def by_query(request):
    name = request.GET["name"]
    if name == "raise":
        raise LookupError(name)
    return {"none": None, "pair": ("app", "2"), "number": 7, "list": ["app"]}.get(name, name)


async def by_coroutine(request):
    return "app"


FUNCTION = f"{__name__}.by_query"


@pytest.fixture
def asked(traced, settings, no_flush):
    """Make calls with a function in the settings, of which a recorder of its own is made."""
    from akita_capture import recorders

    def make(rule, *calls):
        settings.set(
            ROOT_URLCONF=__name__,
            MIDDLEWARE=["akita_django.middleware.AkitaMiddleware"],
            AKITA_CONSUMER=rule,
        )
        from akita_capture.settings import Reader
        from akita_django import conf

        recorder = recorders.recorder_for(Reader(conf.lookup).config())
        traced.wait_active(2)
        before = len(traced.events())
        for call in calls:
            assert apps.wsgi(call).status == 200
        assert recorder.config.consumer is not None
        return [known(entry) for entry in traced.wait_events(before + len(calls))[before:]]

    return make


def test_a_function_names_consumers_and_code_takes_precedence(asked):
    found = asked(
        FUNCTION,
        Call("GET", "/nobody/", query="name=web"),
        Call("GET", "/nobody/", query="name=pair"),
        Call("GET", "/nobody/", query="name=none"),
        Call("GET", "/by_view/app/", query="name=web"),
    )

    assert found == [
        ("web", None, None),
        ("app", "2", None),
        (None, None, None),
        ("app", None, None),
    ]


def test_a_function_that_fails_costs_the_name_only(asked, log):
    found = asked(
        FUNCTION,
        *(
            Call("GET", "/nobody/", query=f"name={name}")
            for name in ("raise", "raise", "number", "list", "a@b", "hunter2?", "web")
        ),
    )

    assert found == [(None, None, None)] * 6 + [("web", None, None)]
    warnings = [line for line in log.lines if line.startswith("WARNING")]
    assert len(warnings) == 3, "each kind of problem is logged once"
    assert "AKITA_CONSUMER raised LookupError in " in warnings[0]
    assert "hunter2" not in "".join(log.lines)


def test_a_coroutine_function_is_refused(asked, log):
    assert asked(by_coroutine, Call("GET", "/nobody/")) == [(None, None, None)]
    log.wait("is no text")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"X-Client": "mobile-app/3.2"}, ("mobile-app", "3.2", True)),
        ({"X-Client": " mobile-app "}, ("mobile-app", None, True)),
        ({"X-Client": "mobile-app/3.2 (anna)"}, ("mobile-app", None, True)),
        ({"X-Client": "anna@example.test", "X-Program": "web"}, ("web", None, True)),
        ({"X-Client": "123456789"}, (None, None, None)),
        ({"User-Agent": "web/1.0"}, (None, None, None)),
        ({}, (None, None, None)),
    ],
)
def test_headers_name_consumers(asked, headers, expected):
    assert asked(["X-Client", "x_program"], Call("GET", "/nobody/", headers=headers)) == [expected]


def test_code_takes_precedence_over_headers(asked):
    call = Call("GET", "/by_view/app/", headers={"X-Client": "web"})
    assert asked("X-Client", call) == [("app", None, None)]


def test_wsgi_and_asgi_functions_take_environ_and_scope(daemon, wrap):
    app = wrap(AkitaWSGI, plain_wsgi.a_list, consumer=lambda environ: environ["REQUEST_METHOD"])
    serve(app, "GET", "/")
    assert known(daemon.wait_events(1)[0]) == ("GET", None, None)

    async def answer(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    app = wrap(AkitaASGI, answer, consumer=lambda scope: scope["type"])
    asyncio.run(call_asgi(app, "GET", "/"))
    assert known(daemon.wait_events(2)[1]) == ("http", None, None)


@pytest.mark.parametrize(
    ("name", "version", "expected"),
    [
        ("mobile-app", "3.2", ("mobile-app", "3.2")),
        ("Billing Job", None, ("Billing Job", "")),
        ("org/acme.shop+web_2", "5114f85e", ("org/acme.shop+web_2", "5114f85e")),
        ("a", "1", ("a", "1")),
        ("a" * 64, "1" * 40, ("a" * 64, "1" * 40)),
        ("a" * 65, "1", None),
        ("app", "1" * 41, ("app", "")),
        ("app", "3 2", ("app", "")),
        ("app", 3.2, None),
        ("", "1", None),
        ("app-", "1", None),
        ("anna@example.test", "", None),
        ("caf\u00e9", "", None),
        ("app\n", "", None),
        ("1234", "", None),
        ("user-12345", "", None),
        (7, None, None),
        (["app"], None, None),
    ],
)
def test_what_can_be_a_name(name, version, expected):
    consumer = Consumers(None).checked(name, version)

    assert (consumer and consumer[:2]) == expected


def test_none_takes_a_name_back():
    naming = Naming(Consumers(None))
    with naming:
        set_consumer("app")
        assert naming.consumer is not None
        set_consumer(None)
    assert naming.consumer is None


def test_without_a_call_nothing_happens():
    set_consumer("app")
    set_consumer(object())
    assert akita_django.set_consumer is set_consumer


def test_a_call_may_end_in_another_context():
    import contextvars

    naming = Naming(Consumers(None))
    contextvars.copy_context().run(naming.__enter__)
    naming.__exit__(None, None, None)
    set_consumer("app")
    assert naming.consumer is None


@pytest.mark.parametrize("is_async", [False, True])
def test_test_clients_write_consumers(tmp_path, settings, is_async):
    import json

    settings.set(ROOT_URLCONF=__name__, MIDDLEWARE=[], AKITA_CONSUMER=FUNCTION)
    file = tmp_path / "a.har"
    if is_async:
        client = akita_django.test.AsyncClient(har_file_path=file)
        asyncio.run(client.get("/by_view/app/?name=web"))
        asyncio.run(client.get("/nobody/?name=web"))
    else:
        client = akita_django.test.Client(har_file_path=file)
        client.get("/by_view/app/?name=web")
        client.get("/nobody/?name=web")
    client.close()

    entries = json.loads(file.read_text())["log"]["entries"]
    assert [known(entry)[0] for entry in entries] == ["app", "web"]
