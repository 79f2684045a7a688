"""What a spreadsheet would run when it opens a CSV."""

import pytest

from liuwen.responses.exports.formulas import without_formula


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-1+2", "@SUM(A1)", "＝1+1", "\t=1", "\n=1", "-1.2.3"])
def test_formulas_become_texts(text: str) -> None:
    """Also with full-width signs, or after a space that spreadsheets skip."""
    assert without_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "湖滨", "-3.5", "+8613800138000", "a=b", "3-4"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    """Numbers with their signs too."""
    assert without_formula(text) == text
