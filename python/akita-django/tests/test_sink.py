"""Errors of guarded methods go to the sink."""

from __future__ import annotations

import pytest

from akita_capture.sink import guarded

pytestmark = pytest.mark.any_django


class Sink:
    def __init__(self):
        self.errors = []

    def fault(self, error):
        self.errors.append(error)


class Observer:
    def __init__(self):
        self.sink = Sink()

    @guarded
    def divide(self, by):
        """Divide."""
        self.result = 1 / by

    @guarded
    def leave(self):
        raise KeyboardInterrupt


def test_a_guarded_method_does_not_raise():
    observer = Observer()

    observer.divide(2)
    observer.divide(0)

    assert observer.result == 0.5
    assert [type(error) for error in observer.sink.errors] == [ZeroDivisionError]
    assert Observer.divide.__doc__ == "Divide."


def test_an_interrupt_passes_through():
    with pytest.raises(KeyboardInterrupt):
        Observer().leave()
