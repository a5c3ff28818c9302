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
def test_a_crowded_queue_ends_the_wait_for_more(puts):
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


def test_put_always_ends_the_wait_for_more():
    backlog = Backlog(1000, 32 << 20)
    thread = lingering(backlog)

    backlog.put_always("end of the trace")

    assert ended(thread)


def test_an_emptied_queue_is_not_crowded():
    backlog = Backlog(1000, 32 << 20)
    for _ in range(CROWD_LEN):
        backlog.put("call", 1)

    while backlog.get(block=False) is not None:
        pass

    assert not backlog.crowded()


def test_the_queue_is_bounded_in_items_and_in_bytes():
    backlog = Backlog(2, 10)

    assert [backlog.put(item, 6) for item in "ab"] == [True, False]
    assert backlog.put("c", 4)
    assert not backlog.put("d", 0), "two are enough"
    backlog.put_always("e")
    assert [backlog.get(block=False) for _ in range(4)] == ["a", "c", "e", None]
    assert backlog.put("alone it may be larger", 11)
