"""A request's body, watched while it is read."""

from __future__ import annotations

import pytest

from akita_capture import Body
from akita_capture.tee import Tee

pytestmark = pytest.mark.any_django


class Stream:
    """A stream that ends, moves and breaks as asked."""

    def __init__(self, data):
        import io

        self.inner = io.BytesIO(data)

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def __next__(self):
        return next(self.inner)


@pytest.mark.parametrize(
    ("reads", "expected", "kept", "cut"),
    [
        (["read()"], 10, b"01234567", True),
        (["read(3)", "read(3)"], 6, b"012345", False),
        (["read(3)"], 6, b"012", True),
        (["read(3)", "seek(0)", "read(5)"], 5, b"01234", False),
        (["seek(0, 2)", "seek(0)", "read(4)"], 4, b"0123", False),
        (["seek(5)", "read()"], 10, b"", True),
        (["readline()"], 10, b"01234567", True),
        (["__next__()"], 10, b"01234567", True),
        (["read(4)"], -1, b"0123", True),
        ([], -1, b"", True),
    ],
)
def test_the_beginning_of_what_is_read_is_kept(reads, expected, kept, cut):
    tee = Tee(Stream(b"0123456789"), limit=8)

    for read in reads:
        eval(f"tee.{read}", {"tee": tee})

    body = tee.seen(expected)
    assert (b"".join(body.chunks), body.cut) == (kept, cut)


def test_the_end_is_noticed_without_an_announced_length():
    tee = Tee(Stream(b"0123"), limit=8)

    assert (tee.read(3), tee.read(3), tee.read(3)) == (b"012", b"3", b"")

    assert tee.seen(-1) == Body([b"012", b"3"], 4, cut=False)
    assert not hasattr(tee, "fileno_of_nothing")


class Forward:
    """A stream without seek and tell."""

    def read(self, size=-1):
        return b"0123"[: max(size, 0)]


class Blind(Forward):
    def seek(self, offset):
        return None


def test_a_tee_has_the_methods_of_its_stream():
    assert not hasattr(Tee(Forward(), limit=8), "seek")
    with pytest.raises(TypeError, match="not an iterator"):
        next(Tee(Forward(), limit=8))

    tee = Tee(Blind(), limit=8)

    assert tee.read(2) == b"01"
    assert tee.seek(0) is None  # nothing is raised for want of tell()
    assert tee.read(2) == b"01"
    assert tee.seen(4) == Body([b"01"], 4, cut=True)
