"""The visitor's handbook: four pages in either language, saying what the phone says."""

import re

import pytest

from liuwen.questionnaires.handbook import _said, handbook


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_has_four_pages(language):
    """A small book that fits a pocket."""
    pdf = handbook(language)
    assert pdf.startswith(b"%PDF-")
    assert max(int(count) for count in re.findall(rb"/Count (\d+)", pdf)) == 4


def test_it_says_what_the_phone_says(interview_form):
    """The opening words and the minutes are the interview's own."""
    assert _said("zh")["purpose"] == interview_form["purpose"].label("zh")
    assert f"大约需要{_said('zh')['minutes']}分钟" in interview_form["purpose"].label("zh")
