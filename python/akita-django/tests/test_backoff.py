"""Delays between retries."""

from __future__ import annotations

import pytest

from akita_capture.backoff import Backoff

pytestmark = pytest.mark.any_django


def test_delays_double_up_to_a_limit_and_respect_a_minimum():
    backoff = Backoff(1, 4)

    delays = [backoff.next() for _ in range(5)]

    assert all(bound / 2 <= delay <= bound for delay, bound in zip(delays, [1, 2, 4, 4, 4]))
    assert backoff.next(at_least=30) == 30
    backoff.reset()
    assert backoff.next() <= 1
