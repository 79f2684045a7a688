"""A form without a survey sheet, without its type and name columns, or without a single question."""

from collections.abc import Callable

from liuwen.checks.facts import Facts
from liuwen.checks.rules.workbook.missing_survey import missing_survey
from liuwen.form import Form, Sheet

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_form_without_a_survey_sheet() -> None:
    """Reading refuses it; a form built without one is reported."""
    sheets = (Sheet.of("choices", ["list_name"], [["a"]]), Sheet.of("settings", ["form_id"], [["x"]]))
    assert [fault.severity for fault in missing_survey(Facts(Form(sheets)))] == ["error"]


def test_without_a_name_column_no_answer_can_be_stored(found: Found) -> None:
    """Without a name column no answer can be stored."""
    form = """
| survey |
| | type | label |
| | text | A |
"""
    assert found("missing-survey", form) == [("error", 1, None)]


def test_one_question_is_enough(found: Found) -> None:
    """One question is enough."""
    form = """
| survey |
| | type | name | label |
| | text | a | A |
"""
    assert found("missing-survey", form) == []
