"""The live explorer, driven from Python as its controls drive it."""

import gzip
import math

import pandas as pd
import pytest
from openpyxl import load_workbook

from liuwen.charts.wrapping import text_width, wrapped
from liuwen.errors import LiuwenError
from liuwen.explorers import explore


@pytest.fixture
def explorer(town):
    return explore(town, language="en")


def control(explorer, words):
    """The control that is called so."""
    return next(each for each in explorer._controls.children if each.description == words)


def test_starts_with_all_places_and_households(explorer):
    """Four villages, 160 households."""
    assert explorer.places == ["east", "west", "hill", "lake"]
    assert explorer.view.base() == 160


def test_a_filter_changes_charts_words_and_table(explorer):
    """All follow, and the charts are the same ones as before."""
    heatmap, before = explorer._heatmap, list(explorer._ranking.plot.data[1].x)
    control(explorer, "Households").value = ("household_type", "poor")
    assert explorer.view.base() < 160
    assert f"<b>{explorer.view.base()}</b>" in explorer._head.value
    assert list(explorer._ranking.plot.data[1].x) != before
    assert explorer._heatmap is heatmap


def test_downloads_contain_what_is_shown(explorer, tmp_path):
    """Two places and the whole, in all three files, with nothing withheld in them."""
    explorer._chips.value = ["east", "west"]
    shown = explorer.shown
    assert set(shown["place"]) == {"All", "East", "West"}
    written = pd.read_csv(explorer.save(tmp_path / "needs.csv"), encoding="utf-8-sig", keep_default_na=False)
    assert len(written) == len(shown)
    assert (written.loc[written["why withheld"] != "", ["households wanting it", "share"]] == "").all(axis=None)
    sheet = load_workbook(explorer.save(tmp_path / "needs.xlsx")).active
    assert sheet["A1"].value.startswith("小镇") or "A town" in sheet["A1"].value
    assert sheet.max_row == len(shown) + 3
    assert "Hill" not in explorer.save(tmp_path / "needs.html").read_text(encoding="utf-8")
    with pytest.raises(LiuwenError, match=r"\.csv"):
        explorer.save(tmp_path / "needs.doc")


def test_the_links_hold_the_files(explorer):
    """They work wherever the notebook is open."""
    assert explorer._links.value.count("base64,") == 3


def test_nothing_taken_away_can_run_as_a_formula(town, explorer):
    """A place called =1+1 is text in a spreadsheet."""
    from dataclasses import replace

    from liuwen.charts.export import as_csv

    labels = {language: {**words, "east": "=1+1"} for language, words in explorer.view.place_labels.items()}
    lines = as_csv(replace(explorer.view, place_labels=labels), ["east"], "en").decode("utf-8-sig").splitlines()
    assert any(line.startswith("'=1+1,") for line in lines)


def test_a_single_place_has_its_needs_put_in_order(explorer):
    """And all households are marked beside it."""
    explorer._chips.value = ["west"]
    assert control(explorer, "Ranking for").value == "west"
    assert "West" in explorer._rank_title.value
    assert len(explorer._ranking.plot.data[0].x) > 0


def test_speaks_chinese_at_a_press_and_keeps_what_was_chosen(explorer):
    """Controls, words, labels and charts."""
    explorer._chips.value = ["east", "hill"]
    explorer._language.value = "zh"
    assert [label for label, _ in explorer._chips.options] == ["东村", "西村", "山村", "湖村"]
    assert explorer.places == ["east", "hill"]
    assert "东村" in explorer._heatmap.plot.layout.xaxis.ticktext[0]
    assert "需求" in explorer.shown.columns


def test_is_as_narrow_as_its_room(explorer):
    """Beside each other on a desk, one above the other on a phone."""
    explorer._chips.width = 1100
    assert explorer._heatmap.plot.layout.width + explorer._ranking.plot.layout.width <= 1100
    explorer._chips.width = 340
    assert explorer._heatmap.plot.layout.width <= 340
    assert explorer._ranking.plot.layout.width <= 340


def test_charts_hold_nothing_that_json_cannot(explorer):
    """A message with a NaN in it never reaches the browser."""
    import json

    for figure in (explorer._heatmap, explorer._ranking):
        json.dumps(json.loads(figure.figure), allow_nan=False)
    numbers = (value for trace in explorer._heatmap.plot.data for row in trace.z for value in row if value is not None)
    assert not any(math.isnan(value) for value in numbers)


def test_a_pressed_cell_has_its_place_put_in_order(explorer):
    """The third column is Hill."""
    explorer._heatmap.clicked = [2, 0]
    assert control(explorer, "Ranking for").value == "hill"


def test_plotly_is_sent_when_it_is_asked_for(explorer, monkeypatch):
    """Compressed, and not before: the explorer itself stays small."""
    sent = []
    monkeypatch.setattr(explorer._heatmap, "send", lambda content, buffers: sent.append(buffers[0]))
    explorer._heatmap._handle_custom_msg({"kind": "plotly"}, [])
    assert b"plotly.js v" in gzip.decompress(sent[0])[:200]
    assert len(sent[0]) < 2_000_000
    assert len(explorer._heatmap.figure) < 200_000


def test_withheld_figures_are_not_in_the_charts(explorer):
    """Neither in colours nor in words nor in tooltips."""
    rows = explorer.view.places
    share = explorer.view.matrix("share")
    drawn = pd.DataFrame([list(row) for row in explorer._heatmap.plot.data[0].z], index=share.index, columns=share.columns)
    dark = pd.DataFrame([list(row) for row in explorer._heatmap.plot.data[1].z], index=share.index, columns=share.columns)
    assert drawn.fillna(dark).isna().equals(share.isna())
    assert rows["suppressed"].any()


def test_shows_its_static_view_without_a_kernel(explorer, monkeypatch):
    """Two outputs: a table that any reader can show, and the live one."""
    from liuwen.explorers import widget

    bundles = []
    monkeypatch.setattr(widget, "_display", bundles.append)
    explorer._ipython_display_()
    assert "lw-table" in bundles[0]["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in bundles[1]


@pytest.mark.parametrize(
    ("label", "pixels"), [("老人照料、日间照料中心和其他服务", 91), ("Care for the old; a day centre", 100), ("A", 10), ("", 40)]
)
def test_long_labels_are_wrapped_to_their_room(label, pixels):
    """In at most so many lines, cut where even that is too little."""
    lines = wrapped(label, pixels, lines=2).split("<br>")
    assert len(lines) <= 2
    assert all(text_width(line.rstrip("…")) <= pixels for line in lines)


@pytest.mark.slow
def test_explores_a_form_the_project_did_not_write(corpus):
    """632 interviews of a real assessment, by neighbourhood."""
    from liuwen.form import read_form
    from liuwen.responses import read_responses

    folder = corpus / "submissions" / "reach-assessment"
    responses = read_responses(folder / "data.xlsx", form=read_form(folder / "form.xlsx"))
    explorer = explore(responses, language="en")
    assert explorer.selection.by == "neighbourhood"
    assert explorer.view.base() == 632
    assert len(explorer.places) > 20
    assert len(explorer.static()) < 120_000
