"""Progress is shown on a terminal; files and pipes get no control characters."""

import pytest

from liuwen.cli.progress import bar, working
from liuwen.messages import Sentence, use_language

FILLING = Sentence(zh="模拟填答", en="Filling in")


def test_bar_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Progress may still be reported to it."""
    with bar(FILLING, 3) as advance:
        for done in (1, 2, 3):
            advance(done)
    assert capsys.readouterr() == ("", "")


def test_long_task_prints_one_line_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error, in the current language."""
    with use_language("zh"), working(FILLING):
        assert capsys.readouterr() == ("", "模拟填答\n")
    assert capsys.readouterr() == ("", "")
