"""Tables in a terminal: no line is wider than the terminal, nothing is lost, and columns stand under their headings."""

from hypothesis import given
from hypothesis import strategies as st

from liuwen.cli.layout import width_of
from liuwen.cli.tables import narrowed, table_rows

CELLS = st.text(st.sampled_from("修水渠，done [red]2026-07\n "), max_size=14)
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5)


@given(TABLES, st.integers(12, 60))
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(rows: list[tuple[str, str, str]], width: int) -> None:
    """A long cell goes on below, a word that is longer than its column is broken, and `[red]` is a text like any other."""
    printed = table_rows([*map(list, zip(*rows, strict=True))], [False, True, False], width)
    assert len(printed) == len(rows)
    for row, said in zip(rows, printed, strict=True):
        assert all(width_of(line) <= width and line == line.rstrip() for line in said.split("\n"))
        assert sorted("".join(said.split())) == sorted("".join("".join(row).split()))


def test_a_column_stands_under_its_heading_and_numbers_at_its_right_edge() -> None:
    """A Chinese character takes two columns; what is too long goes on below."""
    columns = [["村", "湖滨"], ["title", "修水渠，秧田浇不上"], ["deadline", "2026-07-30"], ["days", "12"]]
    printed = table_rows(columns, [False, False, False, True], 34)
    assert "\n".join(printed).split("\n") == [
        "村    title       deadline    days",
        "湖滨  修水渠，秧  2026-07-30    12",
        "      田浇不上",
    ]


def test_words_are_broken_only_in_a_narrow_terminal() -> None:
    """The date is whole in 24 columns, and not in 10."""
    assert narrowed([10, 20], [10, 4], 24) == [10, 14]
    assert narrowed([10, 20], [10, 4], 10) == [5, 5]
