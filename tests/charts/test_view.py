"""What is shown at one moment, and nothing that may not be."""

import pytest

from liuwen.charts.cells import cell_meanings, cell_words
from liuwen.charts.filters import household_filters, month_filters
from liuwen.charts.view import Selection, start, view
from liuwen.errors import AnswerError
from liuwen.form import builder as b
from liuwen.responses import read_responses


@pytest.fixture(scope="module")
def shown(town):
    return view(town, start(town))


def test_starts_with_needs_by_village(town):
    """The likeliest question and the finest place."""
    assert start(town) == Selection("needs", "village")


def test_says_the_base_of_the_whole_and_of_each_place(shown):
    """160 asked; Lake's three are not said, nor is the village that would give them away."""
    bases = shown.bases
    assert shown.base() == 160
    assert bases["lake"] is None
    assert sum(base is None for base in bases.values()) == 2


def test_orders_needs_by_all_households_and_puts_none_and_dont_know_last(shown):
    """Most wanted first; *none* and *don't know* are counted and come last."""
    assert shown.need_order == ["road", "water", "doctor", "none", "dont_know"]
    assert shown.no_needs == {"none", "dont_know"}


def test_labels_are_there_in_both_languages(shown):
    """One view serves both."""
    assert shown.place_labels["zh"]["east"] == "东村"
    assert shown.need_labels["en"]["water"] == "Safe water"


def test_a_filter_is_part_of_the_selection(town):
    """Kinds of household and months that were met, each with its labels."""
    kinds, months = household_filters(town), month_filters(town)
    assert [kind.labels["en"] for kind in kinds] == ["In hardship", "Ordinary"]
    assert [month.value for month in months] == ["2026-03", "2026-04"]
    poor = view(town, Selection("needs", "village", (("household_type", "poor"),)))
    assert poor.base() < 160
    assert poor.group_labels["zh"] == {"household_type": "困难户"}


def test_withheld_cells_say_no_more_than_they_may(shown):
    """A number only where it is shown."""
    words = cell_words(shown.places, shown.minimum, "en")
    withheld = shown.places["suppressed"]
    assert words[~withheld].str.fullmatch(r"\d+").all()
    assert words[withheld].isin(["<5 hh", "·"]).sum() + words[withheld].str.startswith(">").sum() == withheld.sum()
    assert cell_meanings(shown.places, shown.minimum, "zh")[withheld].str.contains("不足|不显示").all()


def test_without_a_place_it_says_what_to_do(tmp_path):
    """The error names the way out."""
    needs = b.select_multiple("needs", b.choices("n", ("road", "路", "Road")), zh="要", en="Needs")
    form = b.build_form("town", zh="镇", en="Town", version="1", items=[needs])
    (tmp_path / "1.xml").write_text(
        '<data id="town" version="1"><needs>road</needs><meta><instanceID>uuid:1</instanceID></meta></data>', encoding="utf-8"
    )
    with pytest.raises(AnswerError, match="by="):
        start(read_responses(tmp_path, form=form))
