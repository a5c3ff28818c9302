import threading

import pytest
from fake_daemon import DEADLINE_S

from akita_capture.backlog import CROWD_BYTES, CROWD_LEN, Backlog

LONGER_S = 10 * DEADLINE_S


def lingering(backlog):
    thread = threading.Thread(target=backlog.linger, args=(LONGER_S,))
    thread.start()
    return thread


def ended(thread):
    thread.join(DEADLINE_S)
    return not thread.is_alive()


CROWDS = {
    "many items": [(CROWD_LEN, 1)],
    "large items": [(2, CROWD_BYTES // 2)],
    "one very large item": [(1, CROWD_BYTES)],
}


@pytest.mark.parametrize("puts", CROWDS.values(), ids=CROWDS.keys())
def test_nothing_waits_for_more_where_there_is_much(puts):
    backlog = Backlog(1000, 32 << 20)
    thread = lingering(backlog)

    for times, size in puts:
        for _ in range(times):
            assert not backlog.crowded()
            assert backlog.put("call", size)

    assert ended(thread)
    backlog.linger(LONGER_S)  # it is still crowded


def test_a_small_queue_is_crowded_when_half_full():
    backlog = Backlog(4, 32 << 20)
    thread = lingering(backlog)

    backlog.put("call", 1)
    backlog.put("call", 1)

    assert ended(thread)


def test_what_must_not_be_lost_does_not_wait():
    backlog = Backlog(1000, 32 << 20)
    thread = lingering(backlog)

    backlog.put_always("end of the trace")

    assert ended(thread)


def test_a_crowd_that_was_taken_is_none_any_more():
    backlog = Backlog(1000, 32 << 20)
    for _ in range(CROWD_LEN):
        backlog.put("call", 1)

    while backlog.get(block=False) is not None:
        pass

    assert not backlog.crowded()
