"""Converts an exchange to an entry of HAR 1.2.

The format: http://www.softwareishard.com/blog/har-12-spec/. An entry is written as JSON
directly. Building dictionaries for ``json.dumps`` takes three times as long, and time
spent here is taken from the application, which shares the interpreter lock.
"""

from __future__ import annotations

import functools
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from http.cookies import Morsel
from json.encoder import encode_basestring as _string
from urllib.parse import parse_qsl, quote

from . import forms, headers, media
from .consumer import Consumers
from .exchange import Body, Exchange, FormField
from .version import __version__

CREATOR = {"name": "akita-django", "version": __version__}

Headers = Sequence[tuple[str, str]]

_PATH_SAFE = "/:@!$&'()*+,;=~-._"

_object = json.JSONEncoder(ensure_ascii=False).encode


def entry(
    exchange: Exchange,
    max_body_bytes: int,
    consumers: Consumers | None = None,
    source: str | None = None,
) -> bytes | None:
    """Convert an exchange to JSON; bodies are decompressed to ``max_body_bytes`` each.

    ``consumers`` names the consumer by headers if code does not name it. ``source`` says
    where the call comes from, if not from clients. Returns ``None`` if the call shall be
    omitted.
    """
    known = exchange.describe()
    if known is None:
        return None
    sent = headers.of_request(exchange.request_headers)
    first = _first(sent)
    request, request_cut = _request(exchange, sent, first, max_body_bytes)
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
    if source is not None:
        akita["source"] = source
    consumer = exchange.consumer
    if consumer is None and consumers is not None:
        consumer = consumers.in_headers(first)
    if consumer is not None:
        akita.update(consumer.members())
    text = (
        f'{{"startedDateTime":"{_timestamp(exchange.started)}","time":{total},'
        f'"request":{request},"response":{response},"cache":{{}},'
        f'"timings":{{"send":0,"wait":{wait},"receive":{round(total - wait, 3)}}},'
        f'"_akita":{_object(akita)}}}'
    )
    return text.encode("utf-8", "replace")  # a lone surrogate would make the batch invalid


def _request(
    exchange: Exchange, sent: Headers, first: Mapping[str, str], limit: int
) -> tuple[str, bool]:
    body, size, cut = "", 0, False
    if exchange.request_body is not None:
        data, cut = _post_data(exchange, first, exchange.request_body, limit)
        body, size = f',"postData":{data}', exchange.request_body.size
    path = quote(exchange.path, safe=_PATH_SAFE, errors="replace")
    query = f"?{exchange.query}" if exchange.query else ""
    return (
        f'{{"method":{_string(exchange.method)},'
        f'"url":{_string(f"{exchange.scheme}://{exchange.host}{path}{query}")},'
        f'"httpVersion":{_string(exchange.http_version)},'
        f'"cookies":{_pairs(_request_cookies(first))},"headers":{_pairs(sent)},'
        f'"queryString":{_pairs(_query(exchange.query))},'
        f'"headersSize":-1,"bodySize":{size}{body}}}'
    ), cut


def _post_data(
    exchange: Exchange, first: Mapping[str, str], body: Body, limit: int
) -> tuple[str, bool]:
    header = first.get("content-type", "")
    if exchange.form is not None:
        return _form(header, exchange.form), False
    content, cut = media.decompressed(body, first.get("content-encoding", ""), limit)
    text = ""
    if content:  # an empty "text" would claim that the body was empty
        if forms.is_form(header):
            form = forms.fields(content, header)
            if form is not None:
                fields, more = form
                return _form(header, fields), cut or more
        text = _text(content, first, cut=cut)
    return f'{{"mimeType":{_string(header)},"params":[]{text}}}', cut


def _form(header: str, fields: Iterable[FormField]) -> str:
    params = ",".join(map(_param, fields))
    return f'{{"mimeType":{_string(header)},"params":[{params}],"text":""}}'


def _param(field: FormField) -> str:
    param = {"name": field.name}
    if field.value is not None:
        param["value"] = field.value
    if field.file_name is not None:
        param["fileName"] = field.file_name
        param["contentType"] = field.content_type or ""
    return _object(param)


def _response(exchange: Exchange, limit: int) -> tuple[str, bool]:
    sent = headers.of_response(exchange.response_headers)
    sent += [("Set-Cookie", morsel.OutputString()) for morsel in exchange.response_cookies]
    first = _first(sent)
    header = first.get("content-type", "")
    body = exchange.response_body
    if exchange.method == "HEAD" or exchange.status in (204, 304):
        # A server sends no body here, even if the view made one.
        body = Body(size=0)
    content, cut = media.decompressed(body, first.get("content-encoding", ""), limit)
    text = "" if content is None else _text(content, first, cut=cut)
    size = body.size if content is None or cut else len(content)
    cookies = ",".join(map(_response_cookie, exchange.response_cookies))
    return (
        f'{{"status":{exchange.status},"statusText":{_string(exchange.reason)},'
        f'"httpVersion":{_string(exchange.http_version)},'
        f'"cookies":[{cookies}],"headers":{_pairs(sent)},'
        f'"content":{{"size":{size},"mimeType":{_string(header)}{text}}},'
        f'"redirectURL":{_string(first.get("location", ""))},'
        f'"headersSize":-1,"bodySize":{body.size}}}'
    ), cut


def _text(content: bytes, first: Mapping[str, str], *, cut: bool) -> str:
    """Return the HAR members of a body's content, each after a comma."""
    text: str
    encoding: str | None
    if media.is_encoded(content, first.get("content-encoding", "")):
        text, encoding = media.base64_text(content)  # the daemon decodes it
    else:
        charset = media.charset(first.get("content-type", ""))
        text, encoding = media.text(content, charset, cut=cut)
    return f',"text":{_string(text)}' + (f',"encoding":"{encoding}"' if encoding else "")


def _request_cookies(first: Mapping[str, str]) -> Headers:
    cookies = []
    for piece in first.get("cookie", "").split(";"):
        name, equals, value = piece.strip().partition("=")
        if equals:
            cookies.append((name, value))
    return cookies


def _response_cookie(morsel: Morsel[str]) -> str:
    cookie: dict[str, object] = {"name": morsel.key, "value": morsel.coded_value}
    cookie.update({name: morsel[name] for name in ("path", "domain") if morsel[name]})
    cookie["httpOnly"] = bool(morsel["httponly"])
    cookie["secure"] = bool(morsel["secure"])
    return _object(cookie)


def _query(query: str) -> Headers:
    return parse_qsl(query, keep_blank_values=True, errors="replace") if query else ()


def _pairs(pairs: Headers) -> str:
    written = [f'{{"name":{_string(name)},"value":{_string(value)}}}' for name, value in pairs]
    return f"[{','.join(written)}]"


def _first(sent: Headers) -> dict[str, str]:
    """Map the lower-case name of each header to its first value."""
    return {name.lower(): value for name, value in reversed(sent)}


def _ms(seconds: float) -> float:
    return round(max(seconds, 0.0) * 1000, 3)


def _timestamp(epoch: float) -> str:
    second, ms = divmod(int(epoch * 1000), 1000)
    return f"{_second(second)}.{ms:03d}Z"


@functools.lru_cache(maxsize=8)
def _second(epoch: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(epoch))
