"""HAR entries, which are written piece by piece, are valid JSON for any text."""

import json
from http.cookies import Morsel

import pytest

from akita_capture import Body, Exchange, FormField
from akita_capture.har import entry

ODD = {
    "quotes": '"a" \\"b\\"',
    "backslashes": "\\ \\\\ \\u0041 \\n",
    "control characters": "\x00\x01\b\t\n\r\x1f\x7f\u2028",
    "braces, as in a format": "{0} {{}} {name!r}",
    "beyond ASCII": "é € 😀",
}


def exchange(text, **more):
    cookie = Morsel()
    cookie.set("name", text, text)
    cookie["path"] = text
    call = {
        "traces": (),
        "started": 1_700_000_000.9999,
        "method": text,
        "scheme": text,
        "host": text,
        "path": f"/{text}",
        "query": "name=value&empty=",
        "http_version": text,
        "request_headers": [("HTTP_X_ODD", text), ("CONTENT_TYPE", text), ("HTTP_COOKIE", "a=b")],
        "request_body": Body([text.encode()], 7),
        "status": 200,
        "reason": text,
        "response_headers": [(text, text), ("Location", text)],
        "response_cookies": [cookie],
        "response_body": Body([text.encode()], 7),
        "describe": lambda: {"route": text, "converters": {text: text}, "view": text},
    }
    return Exchange(**{**call, **more})


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_any_text_survives_the_encoding(text):
    call = json.loads(entry(exchange(text), 100))
    request, response = call["request"], call["response"]
    assert call["startedDateTime"] == "2023-11-14T22:13:20.999Z"
    assert request["method"] == request["httpVersion"] == text
    assert request["url"].startswith(f"{text}://{text}/")
    assert request["headers"][0] == {"name": "X-Odd", "value": text}
    assert request["cookies"] == [{"name": "a", "value": "b"}]
    assert request["queryString"] == [
        {"name": "name", "value": "value"},
        {"name": "empty", "value": ""},
    ]
    assert request["postData"] == {"mimeType": text, "params": [], "text": text}
    assert response["statusText"] == response["redirectURL"] == text
    assert response["headers"][0] == {"name": text, "value": text}
    assert response["cookies"][0]["value"] == response["cookies"][0]["path"] == text
    assert response["content"] == {"size": len(text.encode()), "mimeType": "", "text": text}
    assert call["_akita"]["converters"] == {text: text}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_any_form_survives_the_encoding(text):
    fields = [FormField(text, text), FormField("file", None, text, text)]
    call = json.loads(entry(exchange(text, form=fields), 100))
    assert call["request"]["postData"]["params"] == [
        {"name": text, "value": text},
        {"name": "file", "fileName": text, "contentType": text},
    ]


def test_a_lone_surrogate_is_replaced():
    call = json.loads(entry(exchange("", reason="a\ud800b"), 100))
    assert call["response"]["statusText"] == "a?b"


def test_an_omitted_call_has_no_entry():
    assert entry(exchange("", describe=lambda: None), 100) is None
