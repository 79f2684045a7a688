"""Help texts: no line is wider than the terminal, nothing is lost, and punctuation never starts a line."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.cli.layout import width_of, with_remark, wrapped
from liuwen.cli.serve import end_of
from liuwen.errors import LiuwenError
from liuwen.messages import use_language

WORDS = st.lists(st.sampled_from(["设计问卷", "检查", "，", "。", " ", "form", "a", "--to", "（库）", "、"]), max_size=25)


@given(WORDS, st.integers(12, 60))
def test_wrapped_text_keeps_its_characters_and_width(words: list[str], width: int) -> None:
    """Only a long word, or punctuation at the end, may exceed the width."""
    text = "".join(words)
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    longest = max(map(len, re.findall(r"[a-z-]+", text)), default=0)
    for line in lines:
        assert width_of(line.rstrip("，。；：、！？）”》… ")) <= max(width, longest)


@given(st.text("设计问卷，。（）"), st.integers(8, 40))
def test_no_line_starts_with_punctuation(text: str, width: int) -> None:
    """Except a text that starts with it."""
    assert not any(line[0] in "，。）" for line in wrapped(text, width)[1:] if line)


@pytest.mark.parametrize(
    ("said", "zh"),
    [
        ("端口。", "端口。"),
        ("端口。  [default: 8060]", "端口。  [默认 8060]"),
        ("端口。  [required]", "端口。  [必填]"),
        ("数量。  [default: 1; x>=1]", "数量。  [默认 1；x>=1]"),
    ],
)
def test_note_on_an_option_is_translated(said: str, zh: str) -> None:
    """Defaults and required options, in the current language."""
    with use_language("zh"):
        assert with_remark(said) == zh


def test_last_day_of_a_code_ends_at_midnight() -> None:
    """Today is permitted, a past day is refused."""
    day = datetime(2026, 11, 26)
    now = datetime(2026, 11, 26, 23).astimezone().timestamp()
    assert end_of(day, now) == datetime(2026, 11, 27).astimezone()
    with pytest.raises(LiuwenError, match=r"2026-11-25|已经过去"):
        end_of(datetime(2026, 11, 25), datetime(2026, 11, 26).astimezone().timestamp())
    assert end_of(day, now).astimezone(UTC).tzinfo is UTC
