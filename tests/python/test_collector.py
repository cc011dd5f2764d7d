"""The garbage collector stands still while steps are under way, and is as before after the last."""

import gc
from threading import Event, Thread

import pytest
from customer_insight.numerics import collector


@pytest.fixture
def off():
    gc.disable()
    yield
    gc.enable()


def test_it_is_on_again_after_the_last_of_two_threads():
    begun, may_end = Event(), Event()

    def other():
        with collector.paused():
            begun.set()
            may_end.wait(10)

    thread = Thread(target=other)
    with collector.paused():
        thread.start()
        begun.wait(10)
        assert not gc.isenabled()
    assert not gc.isenabled()
    may_end.set()
    thread.join(10)
    assert gc.isenabled()


def test_it_is_on_again_after_an_error():
    with pytest.raises(ValueError, match="bad"), collector.paused():
        raise ValueError("bad")
    assert gc.isenabled()


def test_who_has_switched_it_off_keeps_it_off(off):
    with collector.paused():
        pass
    assert not gc.isenabled()
