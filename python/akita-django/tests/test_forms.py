"""Forms are parsed as Django parses them, within bounds."""

from __future__ import annotations

import pytest

from akita_capture.forms import fields

pytestmark = pytest.mark.any_django


MULTIPART = "multipart/form-data; boundary=B"


END = b"--B--"


FIELD_A = b'Content-Disposition: form-data; name="a"'


def part(*lines):
    return b"\r\n".join((b"--B", *lines, b""))


@pytest.mark.parametrize(
    ("header", "data", "names"),
    [
        ("application/x-www-form-urlencoded", b"a=1&b=&c=%ff&", ["a", "b", "c"]),
        (MULTIPART, part(FIELD_A, b"", b"1") + END, ["a"]),
        (
            'multipart/form-data; boundary="B"',
            part(b"Content-Disposition: form-data; name=a", b"", b"1") + END,
            ["a"],
        ),
        (MULTIPART, part(FIELD_A, b"", b"is cut he"), ["a"]),
        (MULTIPART, part(b"Content-Disposition: form-data; na"), []),
        (MULTIPART, part(b"X: y", b"", b"no name") + END, []),
        (MULTIPART, b"nothing of the kind", []),
        ("multipart/form-data", b"--B", None),
        ("text/plain", b"a=1", None),
    ],
)
def test_the_fields_of_a_form(header, data, names):
    found = fields(data, header)

    assert found == names or (found is not None and [f.name for f in found[0]] == names)
    assert found is None or not found[1]


def named_parts(n):
    return part(FIELD_A, b"", b"1") * n + END


@pytest.mark.parametrize(
    ("header", "data", "n", "more"),
    [
        ("application/x-www-form-urlencoded", b"hunter2", 0, True),
        ("application/x-www-form-urlencoded", b"a=1&hunter2&b=", 2, True),
        ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 1000), 1000, False),
        ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 1001), 1000, True),
        (MULTIPART, named_parts(1000), 1000, False),
        (MULTIPART, named_parts(1001), 1000, True),
        (MULTIPART, part(FIELD_A, b"", b"1") * 5000, 1000, True),
    ],
)
def test_whether_a_form_has_more_than_its_fields(header, data, n, more):
    found, has_more = fields(data, header)

    assert (len(found), has_more) == (n, more)


def test_an_encoded_file_name():
    header = b"Content-Disposition: form-data; name=\"f\"; filename*=UTF-8''%C3%A9.txt"

    ((field,), _) = fields(part(header, b"", b"x") + END, MULTIPART)

    assert (field.file_name, field.value) == ("\u00e9.txt", None)
