"""Views, ordinary and unusual."""

import functools
import gzip
import io
import tempfile

from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.http.multipartparser import MultiPartParser
from django.template.response import TemplateResponse
from django.urls import include, path, re_path
from django.views import View
from rest_framework import viewsets
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

MIB = 1 << 20


def ok(request, **kwargs):
    return JsonResponse({"ok": True, **{k: str(v) for k, v in kwargs.items()}})


async def async_ok(request, **kwargs):
    return JsonResponse({"async": True})


def cookies(request):
    response = HttpResponse("c")
    response.set_cookie("session", "a:b", httponly=True, secure=True, path="/x")
    response["X-Colon"] = "a:b:c"
    return response


def error(request):
    raise RuntimeError("secret")


async def async_error(request):
    raise RuntimeError("secret")


def not_found(request):
    raise Http404("gone")


def binary(request):
    return HttpResponse(bytes(range(256)) * 8, content_type="application/octet-stream")


def latin1(request):
    return HttpResponse("h\u00e9".encode("latin-1"), content_type="text/plain; charset=iso-8859-1")


def strange_charset(request):
    return HttpResponse(b"abc", content_type="text/plain; charset=hex")


def bad_utf8(request):
    return HttpResponse(b'{"a": "\xff"}', content_type="application/json")


def big(request):
    return HttpResponse(b'"' + b"a" * (2 * MIB) + b'"', content_type="application/json")


def gzipped(request):
    response = HttpResponse(gzip.compress(b'{"zip": 1}', mtime=0), content_type="application/json")
    response["Content-Encoding"] = "gzip"
    return response


def bad_gzip(request):
    response = HttpResponse(b"no gzip", content_type="application/json")
    response["Content-Encoding"] = "gzip"
    return response


GZIP_BOMB = gzip.compress(b" " * (8 * MIB), mtime=0)


def gzip_bomb(request):
    response = HttpResponse(GZIP_BOMB, content_type="text/plain")
    response["Content-Encoding"] = "gzip"
    return response


def brotli(request):
    response = HttpResponse(b"\x0b\x02\x80abc\x03", content_type="text/plain")
    response["Content-Encoding"] = "br"
    return response


def stream(request):
    return StreamingHttpResponse((f"line {i}\n" for i in range(3)), content_type="text/plain")


def stream_mixed(request):
    return StreamingHttpResponse([b"a", "b", memoryview(b"c"), 4], content_type="text/plain")


def stream_empty(request):
    return StreamingHttpResponse([])


def stream_error(request):
    def chunks():
        yield b"one"
        raise RuntimeError("in the middle")

    return StreamingHttpResponse(chunks())


def stream_big(request):
    return StreamingHttpResponse(b"x" * 65536 for _ in range(40))


class Closing(io.BytesIO):
    """A file that counts how often it is closed."""

    closes = 0

    def close(self):
        type(self).closes += 1
        super().close()


def stream_closing(request):
    return StreamingHttpResponse(Closing(b"a\nb\n"))


async def stream_async(request):
    async def chunks():
        for i in range(3):
            yield f"data: {i}\n\n"

    return StreamingHttpResponse(chunks(), content_type="text/event-stream")


async def stream_async_error(request):
    async def chunks():
        yield b"one"
        raise RuntimeError("in the middle")

    return StreamingHttpResponse(chunks())


def file(request):
    return FileResponse(Closing(b"file contents"), filename="report.txt")


def real_file(request):
    temporary = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    temporary.write(b"r" * 100_000)
    temporary.seek(0)
    return FileResponse(temporary, content_type="application/pdf")


def read_body(request):
    return HttpResponse(request.body, content_type="application/octet-stream")


def read_stream(request):
    return HttpResponse(b"".join(iter(functools.partial(request.read, 7), b"")))


def read_some(request):
    return HttpResponse(request.read(4))


def read_lines(request):
    return HttpResponse(b"|".join(request.readlines()))


def read_post(request):
    fields = sorted(request.POST.lists())
    files = sorted(
        (k, f.name, f.content_type, f.read().decode("latin-1")) for k, f in request.FILES.items()
    )
    return JsonResponse({"fields": fields, "files": files})


def read_twice(request):
    return JsonResponse({"post": dict(request.POST), "body": len(request.body)})


def read_body_after_stream(request):
    request.read(1)
    try:
        return HttpResponse(request.body)
    except Exception as problem:  # noqa: BLE001 - the view shows the error
        return HttpResponse(type(problem).__name__, status=400)


def put_multipart(request):
    post, files = MultiPartParser(request.META, request, request.upload_handlers).parse()
    return JsonResponse({"fields": dict(post), "files": sorted(files)})


def unread(request):
    return HttpResponse("unread")


def no_content(request):
    return HttpResponse(status=204)


def not_modified(request):
    return HttpResponseNotModified()


def redirect(request):
    return HttpResponseRedirect("/ok/")


def template(request):
    from django.template import engines

    return TemplateResponse(request, engines["django"].from_string("hi {{ name }}"), {"name": "x"})


def no_response(request):
    return None


def odd_status(request):
    return HttpResponse("teapot", status=599, reason="Odd: reason")


class Thing(View):
    def get(self, request, pk):
        return JsonResponse({"pk": pk})


class UserViewSet(viewsets.ViewSet):
    def list(self, request):
        return Response([{"id": 1}])

    def create(self, request):
        data = request.data
        fields = data.lists() if hasattr(data, "lists") else data.items()
        return Response({"got": sorted(k for k, _ in fields)}, status=201)

    def retrieve(self, request, pk=None):
        return Response({"id": pk})

    def update(self, request, pk=None):
        return self.create(request)


@api_view(["GET", "POST"])
def drf_function(request):
    return Response({"data": request.data})


def made():
    """Return a view that no module has by its name."""

    def view(request):
        return HttpResponse("made")

    return view


router = SimpleRouter()
router.register("users", UserViewSet, basename="user")

ODD_VIEWS = [
    ok, async_ok, cookies, error, async_error, not_found, binary, latin1, strange_charset,
    bad_utf8, big, gzipped, bad_gzip, gzip_bomb, brotli, stream, stream_mixed, stream_empty,
    stream_error, stream_big, stream_closing, stream_async, stream_async_error, file, real_file,
    read_body, read_stream, read_some, read_lines, read_post, read_twice,
    read_body_after_stream, put_multipart, unread, no_content, not_modified, redirect, template,
    no_response, odd_status,
]  # fmt: skip

urlpatterns = [
    *(path(f"{view.__name__}/", view) for view in ODD_VIEWS),
    path("things/<int:pk>/", Thing.as_view()),
    path(
        "shops/<slug:shop>/",
        include([path("items/<item>/", ok), re_path(r"^old/(?P<year>[0-9]{4})/$", ok)]),
    ),
    path("partial/", functools.partial(ok, extra=1)),
    path("drf/", include(router.urls)),
    path("drf_function/", drf_function),
    path("made/", made()),
]
