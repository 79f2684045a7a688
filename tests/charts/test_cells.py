"""The text and the tooltip of a cell."""

import pandas as pd
import pytest

from liuwen.charts.cells import cell_meanings, cell_words


def table(*cells: tuple) -> pd.DataFrame:
    """Of (asked, wanting, share, low, high, reason)."""
    frame = pd.DataFrame(cells, columns=["asked", "wanting", "share", "low", "high", "reason"])
    return frame.astype({"asked": "Int64", "wanting": "Int64", "share": "Float64", "low": "Float64", "high": "Float64"})


SHOWN = (40, 18, 0.45, 0.3071, 0.602, None)


@pytest.mark.parametrize(
    ("cell", "zh", "en", "compact"),
    [
        (SHOWN, "45", "45", "45"),
        ((40, 0, 0.0, 0.0, 0.1, None), "0", "0", "0"),
        ((40, 40, 1.0, 0.9, 1.0, None), "100", "100", "100"),
        ((200, 1, 0.005, 0, 0.03, None), "0", "0", "0"),
        ((40, None, None, None, None, "few"), "<5户", "<5 hh", "<5"),
        ((40, None, None, None, None, "nearly all"), ">87", ">87", ">87"),
        ((20, None, None, None, None, "nearly all"), ">75", ">75", ">75"),
        ((40, None, None, None, None, "protected"), "·", "·", "·"),
        ((None, None, None, None, None, "small group"), "·", "·", "·"),
        ((0, 0, None, None, None, None), "–", "–", "–"),
    ],
)
def test_the_word_in_a_cell_reveals_no_more_than_allowed(cell: tuple, zh: str, en: str, compact: str) -> None:
    """A percent, "few", "nearly all" as a bound that rounds down, or a dot; a dash where nobody was asked."""
    assert cell_words(table(cell), 5, "zh").tolist() == [zh]
    assert cell_words(table(cell), 5, "en").tolist() == [en]
    assert cell_words(table(cell), 5, "en", compact=True).tolist() == [compact]


@pytest.mark.parametrize(
    ("cell", "zh", "en"),
    [
        (SHOWN, "18 / 40 户，45%（31–60%）", "18 of 40 households, 45 % (31–60 %)"),
        ((40, None, None, None, None, "few"), "这样答的不足 5 户", "fewer than 5 households gave this answer"),
        ((40, None, None, None, None, "nearly all"), "没有这样答的不足 5 户", "fewer than 5 households did not give this answer"),
        (
            (40, None, None, None, None, "protected"),
            "不显示：会让别的数字被推算出来",
            "withheld: another figure could be computed from it",
        ),
        (
            (None, None, None, None, None, "small group"),
            "不显示：户数太少，或会让这样的地点被推算出来",
            "withheld: too few households, or such a place could be computed from it",
        ),
        ((0, 0, None, None, None, None), "", ""),
    ],
)
def test_tooltips_explain_each_cell(cell: tuple, zh: str, en: str) -> None:
    """Counts, share and interval; or why there are none."""
    assert cell_meanings(table(cell), 5, "zh").tolist() == [zh]
    assert cell_meanings(table(cell), 5, "en").tolist() == [en]


def test_a_different_minimum_is_shown_in_every_text() -> None:
    """In the word, in its meaning and in the bound."""
    cells = table((40, None, None, None, None, "few"), (40, None, None, None, None, "nearly all"))
    assert cell_words(cells, 10, "zh").tolist() == ["<10户", ">75"]
    assert cell_meanings(cells, 10, "en").tolist() == [
        "fewer than 10 households gave this answer",
        "fewer than 10 households did not give this answer",
    ]


def test_each_cell_keeps_its_row() -> None:
    """In tables that were filtered, whose rows are not numbered from 0."""
    some = table((40, None, None, None, None, "few"), SHOWN, SHOWN).iloc[[2, 0]]
    assert cell_words(some, 5, "en").to_dict() == {2: "45", 0: "<5 hh"}
    assert cell_meanings(some, 5, "en")[2].startswith("18 of 40")
