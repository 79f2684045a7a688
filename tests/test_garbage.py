"""The search for reference cycles is paused for a while, and resumed as it was."""

import gc

import pytest

from liuwen.garbage import without_searching_for_cycles


def test_it_is_resumed_even_after_a_failure():
    """The code that asked for the pause may fail."""
    with pytest.raises(ZeroDivisionError), without_searching_for_cycles():
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()


def test_a_pause_within_a_pause_ends_with_the_outer_one():
    """Code that had paused it keeps it paused."""
    with without_searching_for_cycles():
        with without_searching_for_cycles():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
