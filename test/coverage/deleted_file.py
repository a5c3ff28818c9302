"""Checks what "akita coverage" says of the example's tests if a file of them is deleted.

usage: deleted_file.py AKITA

The calls of all tests stand for production. Without one of the files, exactly that has to be
untested which the calls of this file alone show. The truth is read from the calls themselves.
It runs in the environment of the example.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parents[2] / "examples" / "django-demo"
NO_OPERATION = (405, 501)
"""Statuses of operations that do not exist."""
OTHERS = (304, 502, 503, 504)
"""Statuses that are not the application's."""

Row = tuple[str, ...]


def record(folder: Path, modules: list[str]) -> list[dict[str, Any]]:
    """Run test modules and return their calls."""
    folder.mkdir()
    subprocess.run(
        [sys.executable, "manage.py", "test", *modules],
        cwd=EXAMPLE,
        env={**os.environ, "DATA_DIR": str(folder)},
        check=True,
        capture_output=True,
    )
    entries: list[dict[str, Any]] = json.loads((folder / "tests.har").read_text())["log"]["entries"]
    return entries


def fields(value: object, at: str) -> Iterator[str]:
    """Name the fields of a JSON value, at any depth."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{at}.{name}"
            yield from fields(inner, f"{at}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from fields(inner, f"{at}[]")


def media_type(header: str) -> str:
    return header.partition(";")[0].strip().lower()


def shows(entry: dict[str, Any]) -> Iterator[Row]:
    """List what a call shows: a row for each, in the order of what needs what."""
    request, response, known = entry["request"], entry["response"], entry["_akita"]
    if not known.get("view") or response["status"] in NO_OPERATION:
        return
    operation = (request["method"], known["route"].strip("^$/"))
    yield (*operation, "operation")
    status = response["status"]
    if status not in OTHERS:
        yield (*operation, "status", str(status))
    if status >= 400:
        return
    for pair in request["queryString"]:
        yield (*operation, "parameter", f"query.{pair['name']}")
    body = request.get("postData")
    if body and (kind := media_type(body["mimeType"])):
        yield (*operation, "media_type", "request.body", kind)
        for param in body["params"]:
            yield (*operation, "request_field", f"request.body.{param['name']}")
        if kind == "application/json" and body.get("text"):
            for name in fields(json.loads(body["text"]), "request.body"):
                yield (*operation, "request_field", name)
    if response["content"]["size"]:
        kind = media_type(response["content"]["mimeType"])
        yield (*operation, "media_type", "response.body", kind, str(status))


def needs(row: Row) -> Iterator[Row]:
    """List what has to be tested so that a row is listed."""
    operation = row[:2]
    if row[2] != "operation":
        yield (*operation, "operation")
    if row[2] == "media_type" and len(row) == 6:
        yield (*operation, "status", row[5])
    if row[2] == "request_field" and "." in row[3].removeprefix("request.body."):
        yield (*operation, "request_field", row[3].rpartition(".")[0].removesuffix("[]"))


def found(akita: str, tests: Path, production: Path) -> set[Row]:
    """Return the untested rows that akita finds, of the kinds that this program knows."""
    report = subprocess.run(
        [akita, "coverage", "--tests", tests, "--production", production, "--format", "json"],
        check=True,
        capture_output=True,
    )
    rows = set()
    for f in json.loads(report.stdout)["findings"]:
        # A route is written as a path: both are compared without the names of converters.
        row: Row = (f["method"], f["path"].strip("/"), f["subject"])
        if f["subject"] == "status":
            row += (str(f["status"]),)
        elif f["subject"] == "media_type":
            row += (f["at"], f["value"], *([str(f["status"])] if f.get("status") else []))
        elif f["subject"] in ("parameter", "request_field"):
            row += (f["at"],)
        elif f["subject"] != "operation":
            continue
        rows.add(row)
    return rows


PARAMETER = re.compile(r"\(\?P<(\w+)>(?:\[[^]]*\]|[^()])*\)|<(?:\w+:)?(\w+)>")


def plain(row: Row) -> Row:
    """Return a row whose route is a path template: "{pk}" for "<int:pk>" and "(?P<pk>[^/.]+)"."""
    return (row[0], PARAMETER.sub(lambda m: f"{{{m[1] or m[2]}}}", row[1]), *row[2:])


def main() -> int:
    """Delete each file once; return how many went wrong."""
    akita = str(Path(sys.argv[1]).resolve())
    names = sorted(path.stem for path in (EXAMPLE / "shop" / "tests").glob("test_*.py"))
    failed = 0
    with tempfile.TemporaryDirectory() as temp:
        production = record(Path(temp, "all"), [])
        for name in names:
            left = [f"shop.tests.{other}" for other in names if other != name]
            tests = {row for entry in record(Path(temp, name), left) for row in shows(entry)}
            missing = {row for entry in production for row in shows(entry)} - tests
            want = {plain(row) for row in missing if all(one in tests for one in needs(row))}
            got = found(akita, Path(temp, name, "tests.har"), Path(temp, "all", "tests.har"))
            for row in sorted(want ^ got):
                print(f"without {name}: {'missing' if row in want else 'wrong'}: {' '.join(row)}")
            failed += want != got
            print(f"without {name}: {len(got)} untested")
    return failed


if __name__ == "__main__":
    sys.exit(main())
