"""A comparison with a value that is no choice of the question's list."""

from collections.abc import Callable

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_a_slip_is_an_error_whatever_the_column(found: Found) -> None:
    """A slip is an error, whatever the column."""
    form = """
| survey |
| | type | name | label | relevant | constraint |
| | select_one water | w | W | | |
| | text | b | B | ${w} = 'wel' | |
| | select_multiple water | c | C | | not(selected(., 'rivr')) |
| choices |
| | list_name | name | label |
| | water | well | Well |
| | water | river | River |
"""
    assert found("value-not-in-list", form) == [("error", 3, "relevant"), ("error", 4, "constraint")]


def test_a_condition_that_only_this_value_could_meet_is_dead_among_others_it_is(found: Found) -> None:
    """A condition that only this value could meet is dead; among others it is a leftover."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_one water | w | W | |
| | text | b | B | ${w} = 'tank' |
| | text | c | C | ${w} = 'tank' or ${w} = 'well' |
| choices |
| | list_name | name | label |
| | water | well | Well |
| | water | river | River |
"""
    assert found("value-not-in-list", form) == [("error", 3, "relevant"), ("warning", 4, "relevant")]


def test_numbers_by_their_value_blanks_and_the_other_that_or_other_adds(found: Found) -> None:
    """Numbers by their value, blanks, and the other that or_other adds."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_one yn or_other | w | W | |
| | text | b | B | ${w} = 1 or ${w} = '' or ${w} = 'other' |
| choices |
| | list_name | name | label |
| | yn | 1 | Yes |
| | yn | 0 | No |
"""
    assert found("value-not-in-list", form) == []


def test_inequality_with_an_unknown_choice_always_holds(words: Callable[..., list[str]]) -> None:
    """The message says that the condition holds for everybody."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_one l | a | A | |
| | text | b | B | ${a} != 'zzzz' |
| choices |
| | list_name | name | label |
| | l | x | X |
"""
    assert words("value-not-in-list", form) == [
        "“zzzz” is not a choice of “a”, so != is always true; use a value of the list “l”, or delete this part."
    ]


def test_a_long_code_is_compared_digit_by_digit(found: Found) -> None:
    """The code of a village has twelve digits, and is written without quotes as well."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_one village | v | V | |
| | text | a | A | ${v} = 330106001001 |
| | text | b | B | ${v} = 330106001003 |
| choices |
| | list_name | name | label |
| | village | 330106001001 | A |
| | village | 330106001002 | B |
"""
    assert found("value-not-in-list", form) == [("error", 4, "relevant")]


def test_a_quoted_number_is_not_another_spelling_of_a_choice(found: Found) -> None:
    """Phones compare '01' with 1 as texts, and the number 1 with "01" as numbers; `. != '01'` holds for every choice."""
    form = """
| survey |
| | type | name | label | relevant | constraint |
| | select_one one | a | A | | . != '01' |
| | select_one two | b | B | ${a} = '１２' | . = 1 |
| | text | c | C | ${b} > '1' | |
| choices |
| | list_name | name | label |
| | one | 1 | 1 |
| | one | 12 | 12 |
| | two | 01 | 1 |
| | two | 02 | 2 |
"""
    assert found("value-not-in-list", form) == [("warning", 2, "constraint"), ("error", 3, "relevant")]


def test_a_select_filled_by_search_has_the_values_of_its_file(found: Found) -> None:
    """The sheet holds the names of the columns."""
    form = """
| survey |
| | type | name | label | appearance | relevant |
| | select_one v | village | Village | minimal search('villages') | |
| | note | n | Village twelve | | ${village} = '12' |
| choices |
| | list_name | name | label |
| | v | code | name |
"""
    assert found("value-not-in-list", form) == []


def test_a_space_too_many_never_matches(found: Found) -> None:
    """A comparison takes it for a letter; selected() does not."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_one l | a | A | |
| | text | b | B | ${a} = 'x ' |
| | text | c | C | selected(${a}, 'x ') |
| choices |
| | list_name | name | label |
| | l | x | X |
"""
    assert found("value-not-in-list", form) == [("error", 3, "relevant")]


def test_in_a_loop_a_placeholder_stands_for_each_choice(found: Found) -> None:
    """pyxform writes the name of the choice there."""
    form = """
| survey |
| | type | name | label | relevant |
| | select_multiple l | a | A | |
| | text | b | B | selected(${a}, '%(name)s') |
| choices |
| | list_name | name | label |
| | l | x | X |
"""
    assert found("value-not-in-list", form) == []


def test_an_acknowledgement_is_compared_with_ok(found: Found) -> None:
    """An acknowledgement holds OK and nothing else."""
    form = """
| survey |
| | type | name | label | relevant |
| | acknowledge | k | K | |
| | text | a | A | ${k} = 'yes' |
| | text | b | B | ${k} != 1 |
| | text | c | C | ${k} = 'OK' or ${k} != '' or ${k} = true() |
"""
    assert found("value-not-in-list", form) == [("error", 3, "relevant"), ("error", 4, "relevant")]


def test_a_space_differs_from_a_blank(found: Found) -> None:
    """What was not answered is blank, whatever the type."""
    form = """
| survey |
| | type | name | label | relevant |
| | text | a | A | |
| | text | b | B | ${a} != ' ' |
| | text | c | C | ${a} != '' |
"""
    assert found("value-not-in-list", form) == [("error", 3, "relevant")]
