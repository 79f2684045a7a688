"""One row of the survey sheet."""

from liuwen.form import Form


def test_an_element_shows_itself_in_one_line(everything: Form) -> None:
    """Its path, its type with its list, and its row."""
    assert repr(everything["kinds"]) == "<Element 'home/kinds': select_multiple aid, row 5>"
    assert repr(everything["member"]) == "<Element 'member': repeat, row 7>"
