"""Traces as the daemon describes them."""

from __future__ import annotations

import pytest

from akita_capture import Trace

pytestmark = pytest.mark.any_django


@pytest.mark.parametrize(
    ("data", "rate"),
    [
        ({"sampling_rate": 0.25}, 0.25),
        ({"sampling_rate": 7}, 1.0),
        ({"sampling_rate": "x"}, 1.0),
        ({"sampling_rate": True}, 1.0),
        ({}, 1.0),
    ],
)
def test_a_valid_trace(data, rate):
    trace = Trace.from_json({"trace_id": "lrn_1", "trace_name": "panda", "new": 1, **data})

    assert (str(trace), trace.sampling_rate) == ("panda (lrn_1)", rate)


@pytest.mark.parametrize(
    "data", [None, [], "x", {}, {"trace_id": "", "trace_name": "x"}, {"trace_id": 1}]
)
def test_an_invalid_trace(data):
    with pytest.raises(ValueError, match="a trace"):
        Trace.from_json(data)
