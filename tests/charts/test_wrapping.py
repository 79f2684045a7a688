"""Long labels in few lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuwen.charts.wrapping import text_width, wrapped


@pytest.mark.parametrize(
    ("label", "pixels", "lines", "rows"),
    [
        ("", 100, 3, [""]),
        ("修路", 26, 1, ["修路"]),
        ("修路", 25, 2, ["修", "路"]),
        ("老人照料、日间照料中心", 91, 3, ["老人照料、日间", "照料中心"]),
        ("老人照料，日间照料中心", 52, 3, ["老人照", "料，日间", "照料中心"]),
        ("老人照料中心", 26, 2, ["老人", "照料…"]),
        ("甲、乙丙丁", 26, 1, ["甲…"]),
        ("甲，乙，丙", 39, 1, ["甲…"]),
        ("Care for the old", 60, 3, ["Care for", "the old"]),
        ("Care for the old; a day centre", 91, 2, ["Care for the", "old; a day…"]),
        ("old; day centre", 30, 1, ["old…"]),
        ("incomprehensibility", 20, 3, ["incomprehensibility"]),
        ("  two   words ", 300, 3, ["two   words"]),
        ("看病 clinic 远", 62, 3, ["看病", "clinic 远"]),
        ("ひらがな", 26, 3, ["ひら", "がな"]),
    ],
)  # fmt: skip
def test_a_label_is_cut_into_rows_of_a_width(label: str, pixels: int, lines: int, rows: list[str]) -> None:
    """Chinese after any character but before punctuation, Latin between words; with "…" where there is more."""
    assert wrapped(label, pixels, lines=lines).split("<br>") == rows


@given(st.text("甲乙，。、 ab(", max_size=40), st.integers(13, 200), st.integers(1, 4))
def test_no_more_rows_than_asked_for_and_nothing_lost_where_they_are_enough(label: str, pixels: int, lines: int) -> None:
    """Each row fits, unless a single piece of it does not."""
    rows = wrapped(label, pixels, lines=lines, newline="\n").split("\n")
    assert len(rows) <= lines
    if "…" not in rows[-1]:
        assert "".join("".join(rows).split()) == "".join(label.split())


@pytest.mark.parametrize(("text", "width"), [("", 0), ("甲", 13), ("Ａ", 13), ("a", 6.89), ("甲a", 19.89)])
def test_wide_characters_take_the_whole_square(text: str, width: float) -> None:
    """Full-width Latin too."""
    assert text_width(text) == pytest.approx(width)
