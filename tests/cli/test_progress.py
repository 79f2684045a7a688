"""Progress is for a person at a terminal; a file or a pipe gets none of its control characters."""

import pytest

from liuwen.cli.progress import bar, working
from liuwen.messages import Sentence, use_language

FILLING = Sentence(zh="模拟填答", en="Filling in")


def test_a_bar_is_silent_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """And can be told of progress all the same."""
    with bar(FILLING, 3) as advance:
        for done in (1, 2, 3):
            advance(done)
    assert capsys.readouterr() == ("", "")


def test_what_takes_long_is_said_in_one_line_before_it_begins(capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error, in the language in force."""
    with use_language("zh"), working(FILLING):
        assert capsys.readouterr() == ("", "模拟填答\n")
    assert capsys.readouterr() == ("", "")
