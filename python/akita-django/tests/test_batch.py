"""Batches: their bounds, and the body of their POST."""

from __future__ import annotations

import json

import pytest
from calls import TRACE

from akita_capture import Trace
from akita_capture.batch import MAX_BYTES, MAX_ENTRIES, Batch

OTHER = Trace("lrn_0000000000000000000001", "other")

pytestmark = pytest.mark.any_django


@pytest.mark.parametrize(
    ("entries", "full"),
    [
        ([b"{}"] * (MAX_ENTRIES - 1), False),
        ([b"{}"] * MAX_ENTRIES, True),
        ([b"x" * (MAX_BYTES - 1)], False),
        ([b"x" * MAX_BYTES], True),
    ],
)
def test_a_batch_is_bounded(entries, full):
    batch = Batch((TRACE,))

    for entry in entries:
        batch.add(entry)

    assert batch.full is full


@pytest.mark.parametrize("entries", [[], [b'{"n":1}'], [b'{"n":1}', b'{"n":2}']])
def test_the_body_is_json(entries):
    batch = Batch((TRACE, OTHER))
    batch.last = True
    for entry in entries:
        batch.add(entry)

    assert json.loads(batch.body("here", "id")) == {
        "client_name": "here",
        "client_id": "id",
        "batch_id": batch.batch_id,
        "no_more_events": True,
        "trace_ids": [TRACE.id, OTHER.id],
        "trace_events": [json.loads(entry) for entry in entries],
    }


def test_every_batch_has_an_id_of_its_own():
    assert Batch((TRACE,)).batch_id != Batch((TRACE,)).batch_id


def test_the_traces_of_the_ids_come_before_the_entries():
    body = Batch((TRACE, OTHER)).body("here", "id")

    assert body.index(b'"trace_ids"') < body.index(b'"trace_events"')


@pytest.mark.parametrize(
    ("taken", "left"),
    [((), (OTHER,)), ((TRACE.id,), (OTHER,)), ((TRACE.id, OTHER.id), ()), ((OTHER.id, "x"), ())],
)
def test_the_traces_that_have_it_are_settled(taken, left):
    batch = Batch((TRACE, OTHER))

    batch.settle(taken)

    assert batch.traces == left


def test_the_age_counts_from_the_first_try(monkeypatch):
    now = iter([100.0, 130.0])
    monkeypatch.setattr("time.monotonic", lambda: next(now))
    batch = Batch((TRACE,))

    assert [batch.age(), batch.age()] == [0.0, 30.0]
