"""Response bodies, watched while they are sent."""

from __future__ import annotations

import asyncio

import pytest

from akita_capture.passage import Passage, WatchedAsyncIterator, WatchedIterator

pytestmark = pytest.mark.any_django


@pytest.fixture
def ended():
    """The passages that have ended."""
    return []


@pytest.fixture
def passage(ended):
    """A passage that keeps four bytes."""
    return Passage(4, ended.append)


def fault(error):
    raise AssertionError(error)


def seen(passage, announced=-1):
    body = passage.body(announced)
    return b"".join(body.chunks), body.size, body.cut


@pytest.mark.parametrize(
    ("chunks", "finished", "announced", "body"),
    [
        ([], True, -1, (b"", 0, False)),
        ([b"ab", b"cd"], True, -1, (b"abcd", 4, False)),
        ([b"ab", b"cdef"], True, -1, (b"abcd", 6, True)),
        ([b"ab"], False, -1, (b"ab", 2, True)),
        ([], False, 9, (b"", 9, True)),
        ([], False, -1, (b"", -1, True)),
    ],
)
def test_the_beginning_of_a_body_is_kept(passage, chunks, finished, announced, body):
    for chunk in chunks:
        passage.saw(chunk)
    if finished:
        passage.exhausted()

    assert seen(passage, announced) == body
    assert (passage.first_byte is None) is (not chunks)


def test_the_end_is_reported_once(passage, ended):
    passage.exhausted()
    passage.closed()
    passage.end()

    assert ended == [passage]


def test_a_close_from_within_the_iterator_is_not_the_end(passage, ended):
    def chunks():
        yield b"a"
        passage.closed()
        assert ended == []
        yield b"b"

    assert list(WatchedIterator(chunks(), bytes, passage, fault)) == [b"a", b"b"]
    assert ended == [passage]
    assert seen(passage) == (b"ab", 2, False)


def test_an_error_of_the_iterator_passes_through_and_ends_the_body(passage, ended):
    def chunks():
        yield b"a"
        raise LookupError("x")

    watched = WatchedIterator(chunks(), bytes, passage, fault)
    with pytest.raises(LookupError):
        list(watched)

    assert ended == [passage]
    assert seen(passage) == (b"a", 1, True)


def test_an_iterator_that_is_dropped_ends_the_body(passage, ended):
    watched = WatchedIterator(iter([b"a"]), bytes, passage, fault)
    del watched

    assert ended == [passage]


def test_a_chunk_that_is_not_bytes_is_an_error_of_ours(passage):
    errors = []
    watched = WatchedIterator(iter(["text"]), bytes, passage, errors.append)

    assert list(watched) == ["text"]
    assert [type(error) for error in errors] == [TypeError]


def test_an_asynchronous_iterator(passage, ended):
    async def chunks():
        yield b"a"
        yield b"b"

    async def read():
        return [chunk async for chunk in WatchedAsyncIterator(chunks(), bytes, passage, fault)]

    assert asyncio.run(read()) == [b"a", b"b"]
    assert ended == [passage]
    assert seen(passage) == (b"ab", 2, False)


def test_a_watched_iterator_has_the_attributes_of_its_own(passage):
    def chunks():
        yield b"a"

    assert WatchedIterator(chunks(), bytes, passage, fault).gi_running is False
