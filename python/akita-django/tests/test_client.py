"""The test clients (akita_django.test) write their calls to a HAR file."""

from __future__ import annotations

import asyncio
import io
import json
import os
from datetime import datetime

import django.test
import pytest
from rest_framework.test import APIClient

from akita_django.test import AsyncClient, Client, default_path


def entries(path):
    log = json.loads(path.read_text(encoding="utf-8"))["log"]
    assert log["version"] == "1.2"
    for entry in log["entries"]:
        validate(entry)
    return log["entries"]


def validate(entry):
    """Check an entry against the HAR 1.2 specification: required members and their types."""
    assert datetime.fromisoformat(entry["startedDateTime"].replace("Z", "+00:00")).tzinfo
    assert entry["time"] == pytest.approx(sum(entry["timings"].values()))
    assert set(entry["timings"]) == {"send", "wait", "receive"}
    assert entry["cache"] == {}
    request, response = entry["request"], entry["response"]
    shape = {
        "httpVersion": str,
        "cookies": list,
        "headers": list,
        "headersSize": int,
        "bodySize": int,
    }
    for name, kind in {**shape, "method": str, "url": str, "queryString": list}.items():
        assert isinstance(request[name], kind), name
    for name, kind in {**shape, "status": int, "statusText": str, "redirectURL": str}.items():
        assert isinstance(response[name], kind), name
    assert isinstance(response["content"]["size"], int)
    assert isinstance(response["content"]["mimeType"], str)
    post = request.get("postData")
    if post is not None:
        assert isinstance(post["mimeType"], str)
        assert isinstance(post.get("text"), str) or isinstance(post["params"], list)


def test_calls_are_written(tmp_path):
    path = tmp_path / "trace.har"
    client = Client(har_file_path=path)

    assert client.get("/things/5/", {"q": "a b"}).json() == {"pk": 5}
    assert client.post("/drf/users/", {"a": 1}, content_type="application/json").status_code == 201
    client.post("/read_post/", {"title": "x", "f": io.BytesIO(b"contents")})
    client.put("/read_body/", "a=1&a=2", content_type="application/x-www-form-urlencoded")
    client.post("/unread/", "text", content_type="text/plain")
    client.patch("/read_body/", b"\xff\x00", content_type="application/octet-stream")
    client.get("/cookies/")
    client.get("/ok/", secure=True, headers={"X-Api-Key": "k"})
    client.head("/ok/")
    client.get("/nowhere/")

    got, json_, form, put, unread, patch, _, ok, head, nowhere = entries(path)
    assert got["request"]["url"] == "http://testserver/things/5/?q=a+b"
    assert got["request"]["queryString"] == [{"name": "q", "value": "a b"}]
    assert got["_akita"]["route"] == "things/<int:pk>/"
    assert got["_akita"]["converters"] == {"pk": "int"}
    assert json_["request"]["postData"]["text"] == '{"a": 1}'
    assert json_["response"]["status"] == 201
    assert [p["name"] for p in form["request"]["postData"]["params"]] == ["title", "f"]
    assert "contents" not in json.dumps(form["request"])
    assert [p["value"] for p in put["request"]["postData"]["params"]] == ["1", "2"]
    assert unread["request"]["postData"]["text"] == "text", "the client has the body that it sends"
    assert patch["request"]["postData"]["encoding"] == "base64"
    assert ok["request"]["url"] == "https://testserver/ok/"
    assert {"name": "X-Api-Key", "value": "k"} in ok["request"]["headers"]
    assert {"name": "session", "value": "a:b"} in ok["request"]["cookies"]
    assert head["response"]["content"]["size"] == 0
    assert nowhere["_akita"]["route"] is None
    assert all(entry["time"] > 0 for entry in entries(path))


def test_redirects_are_followed_and_written(tmp_path):
    client = Client(har_file_path=tmp_path / "a.har")

    assert client.get("/redirect/", follow=True).json() == {"ok": True}

    assert [e["response"]["status"] for e in entries(tmp_path / "a.har")] == [302, 200]


def test_exceptions_are_raised_and_written(tmp_path):
    client = Client(har_file_path=tmp_path / "a.har")
    with pytest.raises(RuntimeError, match="secret"):
        client.get("/error/")
    quiet = Client(raise_request_exception=False, har_file_path=tmp_path / "a.har")
    assert quiet.get("/error/").status_code == 500

    first, second = entries(tmp_path / "a.har")
    assert first["response"]["status"] == second["response"]["status"] == 500
    assert first["_akita"]["view"] == "site_urls.error"


def test_streams_are_written_when_they_were_read(tmp_path):
    client = Client(har_file_path=tmp_path / "a.har")

    response = client.get("/stream/")
    assert entries(tmp_path / "a.har") == []
    assert response.getvalue() == b"line 0\nline 1\nline 2\n"

    (entry,) = entries(tmp_path / "a.har")
    assert entry["response"]["content"]["text"] == "line 0\nline 1\nline 2\n"
    assert entry["_akita"]["streamed"] is True
    assert entry["_akita"]["response_cut"] is False


@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.get("/things/1/"),
        lambda c: c.post("/read_post/", {"a": ["1", "2"], "f": io.BytesIO(b"x")}),
        lambda c: c.post("/read_body/", {"a": 1}, content_type="application/json"),
        lambda c: c.put("/read_stream/", b"abc"),
        lambda c: c.get("/gzipped/"),
        lambda c: c.options("/drf/users/"),
        lambda c: c.generic("PROPFIND", "/ok/"),
        lambda c: c.get("/nowhere/"),
        lambda c: c.get("/redirect/", follow=True),
        lambda c: c.trace("/ok/"),
    ],
)
def test_it_behaves_like_django_s_client(tmp_path, call):
    ours, theirs = call(Client(har_file_path=tmp_path / "a.har")), call(django.test.Client())

    assert (ours.status_code, ours.content) == (theirs.status_code, theirs.content)
    assert dict(ours.items()) == dict(theirs.items())
    assert ours.request.keys() == theirs.request.keys()
    assert entries(tmp_path / "a.har")


def test_the_asynchronous_client_records(tmp_path):
    async def calls():
        client = AsyncClient(har_file_path=tmp_path / "a.har")
        client.cookies["session"] = "s"
        await client.get("/async_ok/")
        await client.post("/read_body/", {"a": 1}, content_type="application/json")
        response = await client.get("/stream_async/")
        with pytest.raises(RuntimeError, match="secret"):
            await client.get("/async_error/")
        return [chunk async for chunk in response.streaming_content]

    assert len(asyncio.run(calls())) == 3

    ok, post, error, stream = entries(tmp_path / "a.har")
    assert ok["request"]["url"] == "http://testserver/async_ok/"
    assert ok["request"]["cookies"] == [{"name": "session", "value": "s"}]
    assert [h["value"] for h in ok["request"]["headers"] if h["name"] == "Cookie"] == ["session=s"]
    assert post["request"]["postData"]["text"] == '{"a": 1}'
    assert stream["response"]["content"]["text"].count("data: ") == 3
    assert error["response"]["status"] == 500


def test_rest_framework_s_client_can_record(tmp_path):
    class Recording(APIClient, Client):
        """REST framework's client, recording."""

    client = Recording(har_file_path=tmp_path / "a.har")
    client.credentials(HTTP_AUTHORIZATION="Token abc")

    assert client.post("/drf/users/", {"a": 1}, format="json").status_code == 201

    (entry,) = entries(tmp_path / "a.har")
    assert {"name": "Authorization", "value": "Token abc"} in entry["request"]["headers"]
    assert json.loads(entry["request"]["postData"]["text"]) == {"a": 1}


def test_clients_of_one_run_share_the_default_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    Client().get("/ok/")
    with Client() as client:
        client.get("/ok/")
    client.get("/ok/")

    (path,) = tmp_path.iterdir()
    assert path.name == default_path().name
    assert path.name.startswith("akita_trace_2")
    assert path.name.endswith(f"_{os.getpid()}.har")
    assert len(entries(path)) == 2, "nothing is written after close()"
