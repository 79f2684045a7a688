"""The view without a kernel: all of what may be shown, none of what may not, in either language."""

import re

import pytest
from lxml import html

from liuwen.charts.article import fragment
from liuwen.charts.static import heat_table
from liuwen.charts.view import start, view


@pytest.fixture(scope="module")
def shown(town):
    return view(town, start(town))


def cells(table):
    """The words of each cell by row."""
    rows = html.fromstring(table).findall(".//tbody/tr")
    return {
        row.findtext("th") or "".join(row.find("th").itertext()): [cell.text_content() for cell in row.findall("td")]
        for row in rows
    }


def test_has_a_row_for_each_need_and_a_column_for_each_place(shown):
    """The whole comes first."""
    found = cells(heat_table(shown, ("en",)))
    assert list(found) == ["A road, <b>to the door</b>", "Safe water", "A doctor", "None", "Don't know"]
    assert {len(row) for row in found.values()} == {1 + 4}
    assert found["Safe water"][0] == f"{shown.whole.set_index('need').loc['water', 'share'] * 100:.0f}"


def test_labels_are_words_and_never_markup(shown):
    """A label with tags in it is shown as it is written."""
    assert "<b>to the door</b>" not in fragment(shown, ("en",))
    assert "&lt;b&gt;to the door&lt;/b&gt;" in fragment(shown, ("en",))


def test_withheld_cells_carry_no_figure(shown):
    """Neither in words nor in the data for scripts."""
    table = html.fromstring(heat_table(shown, ("en",)))
    withheld = table.xpath("//td[contains(@class, 'lw-withheld')]")
    assert len(withheld) == int(shown.places["suppressed"].sum() + shown.whole["suppressed"].sum())
    assert not any({"data-w", "data-s", "data-l", "data-h"} & set(cell.attrib) for cell in withheld)


def test_says_the_base_and_that_it_is_synthetic_where_it_is(shown):
    """160 households asked; these are not marked synthetic, and others are."""
    from dataclasses import replace

    assert "<b>160</b> interviews asked" in fragment(shown, ("en",))
    assert "合成数据" not in fragment(shown, ("zh",))
    assert "合成数据" in fragment(replace(shown, synthetic=True), ("zh",))


def test_is_in_one_language_or_both(shown):
    """Both stand side by side, one in sight."""
    assert "饮水" not in fragment(shown, ("en",))
    both = fragment(shown, ("zh", "en"))
    assert "安全饮水" in both
    assert "Safe water" in both
    assert 'data-language="zh"' in both


def test_keeps_its_colours_where_style_sheets_are_stripped(shown):
    """Each cell of the fragment has its own, as notebooks that are not trusted need."""
    table = html.fromstring(fragment(shown, ("en",))).find(".//table")
    assert all("background-color" in cell.get("style") for cell in table.iter("td"))


def test_is_small_and_needs_no_network(shown):
    """A notebook can hold it: no script, no image, nothing to fetch."""
    written = fragment(shown, ("zh",))
    assert len(written) < 60_000
    assert not re.search(r"<script|<img|https?://|url\(", written)
