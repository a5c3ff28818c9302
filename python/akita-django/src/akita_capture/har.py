"""From an exchange to an entry of HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from http.cookies import Morsel
from typing import Any
from urllib.parse import parse_qsl, quote

from . import forms, headers, media
from .exchange import Body, Exchange, FormField
from .version import __version__

CREATOR = {"name": "akita-django", "version": __version__}

Headers = Sequence[tuple[str, str]]

_PATH_SAFE = "/:@!$&'()*+,;=~-._"


def entry(exchange: Exchange, max_body_bytes: int) -> dict[str, Any] | None:
    """Convert an exchange; bodies are decompressed to at most ``max_body_bytes`` each.

    ``None`` where the call is to be left out.
    """
    known = exchange.describe()
    if known is None:
        return None
    request, request_cut = _request(exchange, max_body_bytes)
    response, response_cut = _response(exchange, max_body_bytes)
    total = _ms(exchange.duration)
    wait = total if exchange.first_byte is None else min(_ms(exchange.first_byte), total)
    akita = {
        **known,
        "streamed": exchange.streamed,
        "request_cut": request_cut,
        "response_cut": response_cut,
    }
    if exchange.first_byte is not None:
        akita["ttfb_ms"] = wait
    return {
        "startedDateTime": _timestamp(exchange.started),
        "time": total,
        "request": request,
        "response": response,
        "cache": {},
        "timings": {"send": 0, "wait": wait, "receive": round(total - wait, 3)},
        "_akita": akita,
    }


def _request(exchange: Exchange, limit: int) -> tuple[dict[str, Any], bool]:
    request_headers = headers.of_request(exchange.request_headers)
    path = quote(exchange.path, safe=_PATH_SAFE, errors="replace")
    query = f"?{exchange.query}" if exchange.query else ""
    request = {
        "method": exchange.method,
        "url": f"{exchange.scheme}://{exchange.host}{path}{query}",
        "httpVersion": exchange.http_version,
        "cookies": _request_cookies(request_headers),
        "headers": _pairs(request_headers),
        "queryString": _pairs(parse_qsl(exchange.query, keep_blank_values=True, errors="replace")),
        "headersSize": -1,
        "bodySize": exchange.request_body.size if exchange.request_body else 0,
    }
    if exchange.request_body is None:
        return request, False
    request["postData"], cut = _post_data(exchange, request_headers, exchange.request_body, limit)
    return request, cut


def _post_data(
    exchange: Exchange, sent: Headers, body: Body, limit: int
) -> tuple[dict[str, Any], bool]:
    header = _header(sent, "content-type")
    if exchange.form is not None:
        return _form(header, exchange.form), False
    coding = _header(sent, "content-encoding")
    content, cut = media.decompressed(body, coding, limit)
    if not content:
        # Never read by the view, or unreadable to us: a text would say that it was empty.
        return {"mimeType": header, "params": []}, cut
    if forms.is_form(header):
        fields = forms.fields(content, header)
        if fields is not None:
            return _form(header, fields), cut
    return {"mimeType": header, "params": [], **_text(content, header, cut=cut)}, cut


def _form(header: str, fields: list[FormField]) -> dict[str, Any]:
    params = []
    for field in fields:
        param = {"name": field.name}
        if field.value is not None:
            param["value"] = field.value
        if field.file_name is not None:
            param["fileName"] = field.file_name
            param["contentType"] = field.content_type or ""
        params.append(param)
    return {"mimeType": header, "params": params, "text": ""}


def _response(exchange: Exchange, limit: int) -> tuple[dict[str, Any], bool]:
    sent = [
        *headers.of_response(exchange.response_headers),
        *(("Set-Cookie", morsel.OutputString()) for morsel in exchange.response_cookies),
    ]
    header = _header(sent, "content-type")
    body = exchange.response_body
    if exchange.method == "HEAD" or exchange.status in (204, 304):
        # Whatever the view made: a server sends no body with these.
        body = Body(size=0)
    content, cut = media.decompressed(body, _header(sent, "content-encoding"), limit)
    response_content: dict[str, Any] = {"size": body.size, "mimeType": header}
    if content is not None:
        if not cut:
            response_content["size"] = len(content)
        response_content.update(_text(content, header, cut=cut))
    return {
        "status": exchange.status,
        "statusText": exchange.reason,
        "httpVersion": exchange.http_version,
        "cookies": [_response_cookie(morsel) for morsel in exchange.response_cookies],
        "headers": _pairs(sent),
        "content": response_content,
        "redirectURL": _header(sent, "location"),
        "headersSize": -1,
        "bodySize": body.size,
    }, cut


def _text(content: bytes, header: str, *, cut: bool) -> dict[str, str]:
    text, encoding = media.text(content, media.content_type(header).get_content_charset(), cut=cut)
    return {"text": text} if encoding is None else {"text": text, "encoding": encoding}


def _request_cookies(headers: Headers) -> list[dict[str, str]]:
    cookies = []
    for piece in _header(headers, "cookie").split(";"):
        name, equals, value = piece.strip().partition("=")
        if equals:
            cookies.append({"name": name, "value": value})
    return cookies


def _response_cookie(morsel: Morsel[str]) -> dict[str, Any]:
    cookie: dict[str, Any] = {"name": morsel.key, "value": morsel.coded_value}
    cookie.update({name: morsel[name] for name in ("path", "domain") if morsel[name]})
    cookie["httpOnly"] = bool(morsel["httponly"])
    cookie["secure"] = bool(morsel["secure"])
    return cookie


def _pairs(pairs: Headers) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def _header(headers: Headers, name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")


def _ms(seconds: float) -> float:
    return round(max(seconds, 0.0) * 1000, 3)


def _timestamp(epoch: float) -> str:
    moment = datetime.fromtimestamp(epoch, tz=timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
