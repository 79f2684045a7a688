"""A choice list that a question offers or an expression looks into, and that does not exist."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_misspelt_or_not_there(found: Found) -> None:
    """Misspelt, or not there."""
    form = """
| survey |
| | type | name | label |
| | select_one watr | a | A |
| | rank things | b | B |
| choices |
| | list_name | name | label |
| | water | x | X |
"""
    assert found("missing-list", form) == [("error", 2, "type"), ("error", 3, "type")]


def test_a_list_of_the_form_of_a_file_of_a_repeat(found: Found) -> None:
    """A list of the form, of a file, of a repeat."""
    form = """
| survey |
| | type | name | label |
| | begin repeat | r | R |
| | text | n | N |
| | end repeat | | |
| | select_one water | a | A |
| | select_one_from_file v.csv | b | B |
| | select_one ${n} | c | C |
| choices |
| | list_name | name | label |
| | water | x | X |
"""
    assert found("missing-list", form) == []


def test_a_list_that_an_expression_looks_into(found: Found) -> None:
    """Wherever it stands, though JavaRosa notices only the first that it comes to."""
    form = """
| survey |
| | type | name | label | calculation | constraint |
| | text | a | A | | count(instance('wells')/root/item[name = 'x']) > 0 |
| | calculate | b | | if(${a} = 'x', instance('watr')/root/item[name = 'x']/label, '') | |
| choices |
| | list_name | name | label |
| | water | x | X |
"""
    assert found("missing-list", form) == [("error", 2, "constraint"), ("error", 3, "calculation")]


def test_every_list_that_a_phone_can_look_into(found: Found) -> None:
    """The form's own, files by any way of naming them, and the answers of last time."""
    looked_into = ["water", "v", "one", "two", "three", "__last-saved"]
    rows = "".join(f"| | calculate | c{i} | | instance('{name}')/root/item[1]/label |\n" for i, name in enumerate(looked_into))
    form = f"""
| survey |
| | type | name | label | calculation |
| | select_one_from_file v.csv | b | B | |
| | csv-external | one | | |
| | xml-external | two | | |
| | calculate | d | | pulldata('three', 'label', 'name', ${{b}}) |
{rows}| choices |
| | list_name | name | label |
| | water | x | X |
"""
    assert found("missing-list", form) == []
