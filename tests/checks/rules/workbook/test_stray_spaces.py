"""Blanks at the ends of, or hidden inside, what must match letter for letter."""

import pytest

from liuwen.checks.facts import Facts
from liuwen.checks.rules.workbook.stray_spaces import stray_spaces
from liuwen.form import Form, Sheet


@pytest.mark.parametrize("name", ["a ", " a", "a\u00a0", "a\u200bb"])
def test_blanks_that_make_another_word(name: str) -> None:
    """Invisible ones included."""
    sheet = Sheet.of("survey", ["type", "name"], [["text", name]])
    assert [(fault.severity, fault.place.column) for fault in stray_spaces(Facts(Form((sheet,))))] == [("note", "name")]


def test_labels_may_have_them() -> None:
    """They are read by people."""
    sheet = Sheet.of("survey", ["type", "name", "label"], [["select_one a", "a", " Hi  there "]])
    assert list(stray_spaces(Facts(Form((sheet,))))) == []
