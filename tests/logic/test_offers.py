"""What selects offer, and why the choices of some are not counted."""

import pytest

from liuwen.form import read_form
from liuwen.logic.offers import ANY, LONGEST, Offers


def form(count: int):
    """With lists of its own, of a file that it does not hold, and of earlier answers."""
    rows = "\n".join(f"| | long | c{number} | 选项{number} |" for number in range(count))
    return read_form(
        f"""
| survey |
| | type | name | label |
| | text | t | T |
| | select_one long | one | One |
| | select_multiple few | many | Many |
| | select_one_from_file towns.csv | town | Town |
| | select_one few or_other | other | Other |
| | begin repeat | child | Child |
| | text | name | Name |
| | end repeat | | |
| | select_one ${{name}} | which | Which? |
| choices |
| | list_name | name | label |
{rows}
| | few | a | A |
| | few | b | B |
""".encode()
    )


def test_the_choices_of_a_select_are_counted_once_each() -> None:
    """In their order; a text has none."""
    few = form(3)
    offers = Offers(few)
    assert offers.counted(few["one"]) == ("c0", "c1", "c2")
    assert offers.counted(few["many"]) == ("a", "b")
    assert offers.counted(few["t"]) == ()
    assert offers.of(few["t"]) is None
    assert offers.not_counted(few["t"]) is None
    assert offers.not_counted(few["one"]) is None
    assert offers.of(few["one"]) is offers.of(few["one"])


@pytest.mark.parametrize(("count", "counted"), [(LONGEST, LONGEST), (LONGEST + 1, 1)])
def test_of_a_longer_list_any_choice_will_do(count: int, counted: int) -> None:
    """Up to the limit each is counted."""
    long = form(count)
    offers = Offers(long)
    assert len(offers.counted(long["one"])) == counted
    assert (offers.counted(long["one"]) == (ANY,)) is (counted == 1)
    why = offers.not_counted(long["one"])
    assert (why is None) is (counted > 1)
    if why:
        assert why.en == "501 choices, more than 500: only checked whether any of them was selected"
        assert why.zh == "有 501 个选项，超过 500 个：只看是否选过其中之一"


def test_a_list_that_is_not_held_says_where_it_is() -> None:
    """A file, or earlier answers."""
    few = form(1)
    offers = Offers(few)
    assert offers.counted(few["town"]) == ()
    assert offers.not_counted(few["town"]).en == (
        "its choices are in 'towns.csv', which is not in form.media: they were not tried one by one"
    )
    assert offers.not_counted(few["which"]).zh == "选项来自前面的回答（${name}）：没有逐个试选"
