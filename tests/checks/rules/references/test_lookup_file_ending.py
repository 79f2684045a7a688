"""A file that pulldata() names with its ending."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from liuwen.checks import check
from liuwen.engine import interview
from liuwen.form import read_form
from liuwen.openrosa.declaration import read_declaration

Found = Callable[..., list[tuple[str, int | None, str | None]]]
Words = Callable[..., list[str]]


SURVEY = """
| survey |
| | type | name | label | calculation |
| | text | code | Code | |
| | calculate | c | | pulldata('{file}', 'name', 'code', ${{code}}) |
"""


@pytest.mark.parametrize("file", ["registered.csv", "registered.CSV"])
def test_the_ending_is_added_by_the_conversion(found: Found, words: Words, file: str) -> None:
    """A warning that names the file without it; the file itself is found."""
    form = SURVEY.format(file=file)
    assert found("lookup-file-ending", form) == [("warning", 3, "calculation")]
    assert "pulldata('registered'" in words("lookup-file-ending", form)[0]


def test_a_form_converted_here_asks_for_the_file_as_it_is_named() -> None:
    """So what is checked beside the form is what a server publishes and an interview reads."""
    form = replace(read_form(SURVEY.format(file="registered.csv").encode()), media={"registered.csv": b"code,name\n7,Wang\n"})
    assert read_declaration(form.to_xform().encode()).media == ("registered.csv",)
    assert check(form).ok and interview(form).answer("7").value("c") == "Wang"


def test_without_its_ending_it_is_right(found: Found) -> None:
    """As the documentation of ODK writes it."""
    assert found("lookup-file-ending", SURVEY.format(file="registered")) == []
