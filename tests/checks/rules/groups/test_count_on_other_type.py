"""A number of repetitions on something that is not repeated."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]

FORM = """
| survey |
| | type | name | label | repeat_count |
| | begin {kind} | g | G | {group} |
| | integer | a | A | {question} |
| | end {kind} | | | |
"""


@pytest.mark.parametrize(("group", "question", "row"), [("3", "", 2), ("", "${a}", 3), ("", "(as many as there are)", 3)])
def test_a_group_or_a_question_is_not_repeated(found: Found, group: str, question: str, row: int) -> None:
    """A warning where the count stands; nothing reads it, so nothing else is reported."""
    form = FORM.format(kind="group", group=group, question=question)
    assert found("count-on-other-type", form) == [("warning", row, "repeat_count")]
    assert found("expression-syntax", form) == []


def test_a_repeat_is(found: Found) -> None:
    """Where it belongs."""
    assert found("count-on-other-type", FORM.format(kind="repeat", group="3", question="")) == []
