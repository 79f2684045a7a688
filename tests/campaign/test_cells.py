"""Cells of frames as plain texts."""

import numpy as np
import pandas as pd
import pytest

from liuwen.campaign.cells import texts, yes


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (np.nan, ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        ("", ""),
        ("  ", ""),
        (" V7\t", "V7"),
        ("Ｖ７", "Ｖ７"),
        ("柳湾 村", "柳湾 村"),
        ("007", "007"),
        ("1.0", "1.0"),
        (1.0, "1"),
        (-3.0, "-3"),
        (0.0, "0"),
        (2.5, "2.5"),
        (7, "7"),
        (True, "True"),
        (["H1", "H2"], "H1 H2"),
        (("b", "a"), "b a"),
        ({"b", "a"}, "a b"),
        ([], ""),
        ("x" * 100_000, "x" * 100_000),
    ],
)
def test_each_cell_is_a_text(cell: object, text: str) -> None:
    """Blanks are "", a whole number has no ".0", a list keeps its order and a set is sorted; nothing else changes."""
    assert texts(pd.Series([cell], dtype=object)).tolist() == [text]


def test_each_row_keeps_its_own_text_and_its_index() -> None:
    """Cells that are alike, blanks between them, lists among them."""
    column = pd.Series(["b", None, "a", "b", float("nan")], index=[9, 9, 3, 2, 1])
    assert texts(column).tolist() == ["b", "", "a", "b", ""]
    assert texts(column).index.tolist() == [9, 9, 3, 2, 1]
    assert texts(pd.Series([["a"], None, 2.0], index=[3, 2, 1])).to_dict() == {3: "a", 2: "", 1: "2"}


@pytest.mark.parametrize("cell", ["yes", "YES", " Y ", "true", "1", 1, 1.0, True, "是", "√", "对"])
def test_cells_read_as_yes(cell: object) -> None:
    """In the ways that registers are kept."""
    assert yes(pd.Series([cell], dtype=object)).tolist() == [True]


@pytest.mark.parametrize("cell", ["no", "", None, 0, 2, "否", "不是", "yes?", "×", False, float("nan")])
def test_cells_not_read_as_yes(cell: object) -> None:
    """A blank and anything else."""
    assert yes(pd.Series([cell], dtype=object)).tolist() == [False]
