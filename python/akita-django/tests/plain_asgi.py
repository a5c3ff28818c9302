"""Ordinary and unusual ASGI applications."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, BackgroundTasks, FastAPI, Request, UploadFile, WebSocket
from fastapi.responses import FileResponse, StreamingResponse
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

HEADERS = [(b"content-type", b"text/plain"), (b"x-odd", b"a:b\xff")]


def start(status=200, headers=HEADERS, **more):
    return {"type": "http.response.start", "status": status, "headers": headers, **more}


def body(chunk=b"", more_body=False, **more):
    return {"type": "http.response.body", "body": chunk, "more_body": more_body, **more}


def answers(name, *messages):
    async def application(scope, receive, send):
        for message in messages:
            await send(dict(message))

    application.__name__ = name
    return application


async def header_iterator(scope, receive, send):
    await send(start(headers=iter(HEADERS)))
    await send(body(b"iterated"))


async def bare_messages(scope, receive, send):
    await send({"type": "http.response.start", "status": 204})
    await send({"type": "http.response.body"})


async def raises(scope, receive, send):
    raise RuntimeError("secret")


async def raises_in_the_middle(scope, receive, send):
    await send(start())
    await send(body(b"one", more_body=True))
    raise RuntimeError("secret")


async def raises_in_the_background(scope, receive, send):
    await send(start())
    await send(body(b"answered"))
    raise RuntimeError("secret")


async def cancelled(scope, receive, send):
    raise asyncio.CancelledError


async def sends_too_much(scope, receive, send):
    await send(start())
    await send(body(b"whole"))
    await send(body(b"more"))


def reader(name, messages):
    """Read a number of messages of the request and respond with them."""

    async def application(scope, receive, send):
        seen = [await receive() for _ in range(messages)]
        await send(start())
        await send(body(repr([sorted(m.items()) for m in seen]).encode()))

    application.__name__ = name
    return application


async def disconnected(scope, receive, send):
    while (await receive())["type"] != "http.disconnect":
        pass


EVENTS = [b'data: {"n": %d}\n\n' % n for n in range(3)]
APPS = {
    app.__name__: app
    for app in (
        answers("whole", start(), body(b"whole")),
        answers(
            "announced",
            start(headers=[*HEADERS, (b"content-length", b"6")]),
            body(b"abc", more_body=True),
            body(b"def"),
        ),
        answers(
            "events",
            start(headers=[(b"content-type", b"text/event-stream")]),
            *(body(event, more_body=True) for event in EVENTS),
            body(),
        ),
        answers("big", start(), *(body(b"x" * 65536, more_body=n < 39) for n in range(40))),
        answers("hinted", {"type": "http.response.early_hint", "links": []}, start(), body(b"x")),
        answers(
            "trailers",
            start(trailers=True),
            body(b"x"),
            {"type": "http.response.trailers", "headers": [(b"a", b"b")], "more_trailers": False},
        ),
        answers(
            "pathsend",
            start(headers=[(b"content-length", b"13")]),
            {"type": "http.response.pathsend", "path": "/file"},
        ),
        answers(
            "zerocopysend",
            start(headers=[(b"content-length", b"13")]),
            {"type": "http.response.zerocopysend", "file": 3, "count": 5, "more_body": True},
            {"type": "http.response.zerocopysend", "file": 3, "offset": 5},
        ),
        answers("unfinished", start(), body(b"one", more_body=True)),
        answers("silent"),
        *(header_iterator, bare_messages, raises, raises_in_the_middle, raises_in_the_background),
        *(cancelled, sends_too_much, disconnected),
        *(reader(f"reads_{n}", n) for n in range(4)),
    )
}


async def application(scope, receive, send):
    """Run the application that the path names."""
    await APPS[scope["path"].strip("/")](scope, receive, send)


fastapi = FastAPI()
shops = APIRouter(prefix="/shops/{shop}")
nested = APIRouter(prefix="/nested")
background: list[str] = []


@fastapi.api_route("/users/{pk}", methods=["GET", "PUT"])
async def user(pk: int, request: Request):
    return {"pk": pk, "sent": (await request.body()).decode("latin-1")}


@shops.get("/items/{item}")
def items(shop: str, item: int):
    return {"shop": shop}


@nested.get("/deep/{name:path}")
async def deep(shop: str, name: str):
    return {"name": name}


@fastapi.get("/stream")
async def stream():
    async def chunks():
        for n in range(3):
            yield f"data: {n}\n\n"

    return StreamingResponse(chunks(), media_type="text/event-stream")


@fastapi.post("/upload")
async def upload(file: UploadFile):
    return {"name": file.filename, "size": len(await file.read())}


@fastapi.get("/file")
async def file():
    return FileResponse(__file__, media_type="text/plain")


@fastapi.get("/error")
async def error():
    raise RuntimeError("secret")


@fastapi.get("/later")
async def later(tasks: BackgroundTasks):
    tasks.add_task(background.append, "done")
    return "soon"


@fastapi.websocket("/socket")
async def socket(websocket: WebSocket):
    await websocket.accept()
    await websocket.send_text(await websocket.receive_text())
    await websocket.close()


shops.include_router(nested)
fastapi.include_router(shops)


async def plain(request):
    return PlainTextResponse(str(request.path_params))


starlette = Starlette(
    routes=[
        Route("/users/{pk:int}", plain, methods=["GET"]),
        Route("/tags/{tag}", plain),
        Mount("/mounted/{secret}", routes=[Route("/{name}", plain)]),
    ]
)


sizes = FastAPI()


@sizes.get("/plain")
def sizes_plain():
    return {"text": "x" * 2000}


@sizes.get("/large")
def sizes_large():
    return PlainTextResponse("x" * 3_000_000)


@sizes.get("/nothing", status_code=204)
def sizes_nothing():
    return None


@sizes.get("/stream")
async def sizes_stream():
    async def lines():
        for _ in range(3):
            yield "x" * 700

    return StreamingResponse(lines(), media_type="text/plain")
