"""WSGI applications: ordinary ones, unusual ones, and some that break PEP 3333."""

from __future__ import annotations

import io
import sys

from flask import Blueprint, Flask, Response, request, send_file, stream_with_context

HEADERS = [("Content-Type", "text/plain"), ("X-Colon", "a:b:c")]


def a_list(environ, start_response):
    start_response("200 OK", [*HEADERS])
    return [b"a", b"list"]


def one_chunk(environ, start_response):
    start_response("200 Fine by me", [*HEADERS, ("Content-Length", "5")])
    return [b"whole"]


def a_tuple(environ, start_response):
    start_response("201 Created", [*HEADERS])
    return (b"tuple",)


def a_generator(environ, start_response):
    start_response("200 OK", [*HEADERS])  # runs when the server asks for the first chunk
    yield b"gen"
    yield b""
    yield b"erator"


def nothing(environ, start_response):
    start_response("204 No Content", [])
    return []


class Sized:
    """A body that has a length and counts how often it is closed."""

    closes = 0

    def __init__(self, chunks):
        self.chunks = chunks

    def __len__(self):
        return len(self.chunks)

    def __iter__(self):
        return iter(self.chunks)

    def close(self):
        type(self).closes += 1


def sized(environ, start_response):
    start_response("200 OK", [*HEADERS])
    return Sized([b"one chunk"])


def written(environ, start_response):
    write = start_response("200 OK", [*HEADERS])
    write(b"written, ")
    write(b"then ")
    return [b"returned"]


def fail():
    raise RuntimeError("secret")


def started_twice(environ, start_response):
    start_response("200 OK", [*HEADERS])
    try:
        fail()
    except RuntimeError:
        start_response("500 Oh no", [("Content-Type", "text/plain")], sys.exc_info())
    return [b"error page"]


def started_too_late(environ, start_response):
    start_response("200 OK", [*HEADERS])
    yield b"begun"
    try:
        fail()
    except RuntimeError:
        start_response("500 Oh no", [], sys.exc_info())


def started_twice_without_reason(environ, start_response):
    start_response("200 OK", [*HEADERS])
    start_response("200 OK", [*HEADERS])
    return [b""]


def raises(environ, start_response):
    raise RuntimeError("secret")


def raises_after_start(environ, start_response):
    start_response("200 OK", [*HEADERS])
    raise RuntimeError("secret")


def raises_in_the_middle(environ, start_response):
    start_response("200 OK", [*HEADERS])
    yield b"one"
    raise RuntimeError("secret")


def a_file(environ, start_response):
    start_response("200 OK", [*HEADERS, ("Content-Length", "13")])
    file = io.BytesIO(b"file contents")
    wrapper = environ.get("wsgi.file_wrapper")
    return wrapper(file, 4) if wrapper else [file.read()]


def big(environ, start_response):
    start_response("200 OK", [*HEADERS])
    for _ in range(40):
        yield b"x" * 65536


def events(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/event-stream")])
    for n in range(3):
        yield b'data: {"n": %d}\n\n' % n


def _reader(read):
    def application(environ, start_response):
        data = read(environ["wsgi.input"])
        start_response("200 OK", [*HEADERS])
        return [data]

    return application


read_all = _reader(lambda stream: stream.read())
read_some = _reader(lambda stream: stream.read(4))
read_lines = _reader(lambda stream: b"|".join(stream.readlines()))
read_line = _reader(lambda stream: stream.readline())
iterated = _reader(lambda stream: b"|".join(stream))
read_into = _reader(lambda stream: bytes(io.BufferedReader(stream).read()))
unread = _reader(lambda stream: b"unread")
has = _reader(lambda stream: repr([hasattr(stream, n) for n in ("read1", "fileno_x")]).encode())


def read_late(environ, start_response):
    start_response("200 OK", [*HEADERS])
    yield b"first"
    yield environ["wsgi.input"].read()


APPS = {
    app.__name__: app
    for app in (
        *(a_list, one_chunk, a_tuple, a_generator, nothing, sized, written, started_twice),
        *(started_too_late, started_twice_without_reason, raises, raises_after_start),
        *(raises_in_the_middle, a_file, big, events, read_late),
    )
} | {
    "read_all": read_all,
    "read_some": read_some,
    "read_lines": read_lines,
    "read_line": read_line,
    "iterated": iterated,
    "read_into": read_into,
    "unread": unread,
    "has": has,
}


def application(environ, start_response):
    """Run the one that the path names."""
    return APPS[environ["PATH_INFO"].strip("/")](environ, start_response)


flask = Flask("shop")
shops = Blueprint("shops", __name__, url_prefix="/shops/<shop>")


@flask.route("/users/<int:pk>", methods=["GET", "PUT"])
def user(pk):
    return {"pk": pk, "sent": request.get_json(silent=True)}


@shops.route("/items/<any(new, old):age>/<string(length=2):lang>")
def items(shop, age, lang):
    return {"shop": shop}


@flask.route("/stream")
def stream():
    return Response(stream_with_context(f"data: {n}\n\n" for n in range(3)), mimetype="text/plain")


@flask.route("/upload", methods=["POST"])
def upload():
    return {"fields": dict(request.form), "files": [f.filename for f in request.files.values()]}


@flask.route("/file")
def file():
    return send_file(io.BytesIO(b"file contents"), mimetype="text/plain")


@flask.route("/error")
def error():
    raise RuntimeError("secret")


flask.register_blueprint(shops)
