"""The live explorer, driven from Python as its controls drive it."""

import gc
import gzip
import math

import pandas as pd
import pytest
from openpyxl import load_workbook

from liuwen.charts.wrapping import text_width, wrapped
from liuwen.errors import LiuwenError
from liuwen.explorers import explore


@pytest.fixture(scope="module")
def wide_town():
    """160 interviews with a question of every kind; three in Lake."""
    from liuwen.form import builder as b
    from liuwen.responses import read_responses

    villages = b.choices(
        "v", ("east", "东村", "East"), ("west", "西村", "West"), ("hill", "山村", "Hill"), ("lake", "湖村", "Lake")
    )
    kinds = b.choices("k", ("poor", "困难户", "In hardship"), ("other", "一般户", "Ordinary"))
    steps = b.choices("s", ("good", "好", "Good"), ("middle", "中", "Middle"), ("poor", "差", "Poor"))
    offered = b.choices("n", ("road", "路", "Road"), ("water", "水", "Water"), ("none", "没有", "None"))
    form = b.build_form("wide", zh="小镇", en="A town", version="1", items=[
        b.select_one("village", villages, zh="哪个村？", en="Which village?"),
        b.geopoint("place", zh="位置", en="Position"),
        b.select_one("household_type", kinds, zh="户别", en="Kind of household"),
        b.date("visit_date", zh="日期", en="Date"),
        b.integer("people", zh="几口人", en="People"),
        b.select_multiple("needs", offered, zh="需要什么？", en="What is needed?"),
        b.select_one("overall", steps, zh="满意吗？", en="Satisfied?"),
    ])  # fmt: skip
    submissions = []
    for number in range(160):
        village = "lake" if number < 3 else ("east", "west", "hill")[number % 3]
        fields = {
            "village": village,
            "place": f"{30.8 + number % 3 / 10 + number / 9000:.6f} {119.8 + number % 3 / 20:.6f} 0 5",
            "household_type": "poor" if number % 5 < 2 else "other",
            "visit_date": f"2026-0{3 + number // 3 % 2}-1{number % 10}",
            "people": 1 + number // 3 % 7,
            "needs": ("road water", "road", "none")[number // 3 % 3],
            "overall": ("good", "middle", "poor")[number // 3 % 3],
        }
        body = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
        meta = f"<meta><instanceID>uuid:{number}</instanceID></meta>"
        submissions.append(f'<data id="wide" version="1">{body}{meta}</data>'.encode())
    return read_responses(submissions, form)


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
    heatmap, before = explorer._figures.heatmap, list(explorer._figures.ranking.plot["data"][1]["x"])
    control(explorer, "Households").value = ("household_type", "poor")
    assert explorer.view.base() < 160
    assert f"<b>{explorer.view.base()}</b>" in explorer._head.value
    assert list(explorer._figures.ranking.plot["data"][1]["x"]) != before
    assert explorer._figures.heatmap is heatmap


def test_python_searches_for_cycles_once_the_pictures_are_out(explorer):
    """The search stops all threads, also the one that sends the pictures."""
    drawn, searches = [], []

    def note(phase, _):
        searches.append((phase, len(drawn)))

    for chart in (explorer._figures.heatmap, explorer._figures.ranking):
        chart.observe(lambda _: drawn.append(True), "figure")
    before = gc.get_threshold()
    gc.set_threshold(1)
    gc.callbacks.append(note)
    try:
        explorer._group.value = explorer._group.options[1][1]
    finally:
        gc.callbacks.remove(note)
        gc.set_threshold(*before)
    assert len(drawn) > 1
    assert {number for _, number in searches if number} == {len(drawn)}


def test_downloads_contain_what_is_shown(explorer, tmp_path):
    """Two places and the whole, in all three files, with nothing withheld in them."""
    explorer._chips.value = ["east", "west"]
    shown = explorer.shown
    assert set(shown["place"]) == {"All", "East", "West"}
    written = pd.read_csv(explorer.save(tmp_path / "needs.csv"), encoding="utf-8-sig", keep_default_na=False)
    assert len(written) == len(shown)
    assert (written.loc[written["why withheld"] != "", ["interviews with this answer", "share"]] == "").all(axis=None)
    sheet = load_workbook(explorer.save(tmp_path / "needs.xlsx")).active
    assert sheet["A1"].value.startswith("小镇") or "A town" in sheet["A1"].value
    assert sheet.max_row == len(shown) + 3
    assert "Hill" not in explorer.save(tmp_path / "needs.html").read_text(encoding="utf-8")
    with pytest.raises(LiuwenError, match=r"\.csv"):
        explorer.save(tmp_path / "needs.doc")


def test_a_download_is_made_only_when_asked_for(explorer, monkeypatch):
    """One file for one press, and its name says what is in it."""
    sent = []
    monkeypatch.setattr(explorer._downloads, "send", lambda content, buffers: sent.append((content, buffers)))
    control(explorer, "Households").value = ("household_type", "poor")
    assert not sent
    explorer._downloads._handle_custom_msg({"make": ".csv"}, [])
    assert [(content["name"], content["type"]) for content, _ in sent] == [("needs-by-village-poor.csv", "text/csv")]
    assert b"interviews asked" in sent[0][1][0]


def test_any_question_shows_the_picture_of_its_kind(wide_town):
    """Ratings diverge, numbers are counted in ranges, months make lines, places with positions a map."""
    explorer = explore(wide_town, language="en")
    assert {"needs", "overall", "people", "household_type"} <= {value for _, value in explorer._question.options}
    assert "lw-map" in explorer._figures.picture.value
    control(explorer, "Question").value = "overall"
    assert "lw-diverging" in explorer._figures.picture.value
    assert explorer.view.need_order[:3] == ["good", "middle", "poor"]
    control(explorer, "Question").value = "people"
    assert list(explorer.view.need_labels["en"].values())[:2] == ["under 2", "2"]
    control(explorer, "By").value = "visit_date"
    assert explorer.view.over_time and "lw-trend" in explorer._figures.picture.value
    assert explorer.places == ["2026-03", "2026-04"]


def test_questions_are_crossed_in_one_direction(wide_town):
    """The later by the earlier; both ways would tell what either withholds."""
    explorer = explore(wide_town, language="en")
    control(explorer, "Question").value = "overall"
    assert "household_type" in [value for _, value in control(explorer, "By").options]
    control(explorer, "Question").value = "household_type"
    assert "overall" not in [value for _, value in control(explorer, "By").options]


def test_a_ranking_of_several_places_is_of_what_they_show(wide_town):
    """The sum of figures that are shown; nothing where one of them is not."""
    explorer = explore(wide_town, "needs", language="en")
    explorer._chips.value = ["east", "west"]
    rows = explorer.view.places[explorer.view.places["place"].isin(["east", "west"])]
    road = rows[rows["need"] == "road"]
    together = explorer.view.together(["east", "west"]).set_index("need")
    assert together["wanting"]["road"] == road["wanting"].sum() and together["asked"]["road"] == road["asked"].sum()
    assert "East, West" in explorer._figures.rank_title.value
    with_lake = explorer.view.together(["east", "lake"])
    assert with_lake["share"].isna().all() and (with_lake["reason"] == "protected").all()


def test_a_colour_means_the_same_of_every_question(wide_town):
    """The scale ends at 100 % whatever is shown."""
    explorer = explore(wide_town, language="en")
    assert {explorer.view.top} == {1.0}


def test_a_boundary_file_draws_areas(wide_town, tmp_path):
    """By name; one in metres, or with other names, is refused with a sentence."""
    import json

    def written(name, corner, size, place, system="urn:ogc:def:crs:OGC:1.3:CRS84"):
        x, y = corner
        ring = [[x, y], [x + size, y], [x + size, y + size], [x, y]]
        area = {"properties": {"name": place}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        (tmp_path / name).write_text(json.dumps({"features": [area], "crs": {"properties": {"name": system}}}), encoding="utf-8")
        return tmp_path / name

    areas = written("villages.geojson", (119.8, 30.8), 0.1, "东村")
    assert "<path" in explore(wide_town, language="en", boundaries=areas)._figures.picture.value
    with pytest.raises(LiuwenError, match="4326"):
        explore(wide_town, boundaries=written("metres.geojson", (400_000, 3_400_000), 500, "东村"))
    with pytest.raises(LiuwenError, match="4326"):
        explore(wide_town, boundaries=written("kilometres.geojson", (40, 30), 5, "东村", "EPSG:4549"))
    with pytest.raises(LiuwenError, match="4326"):
        explore(wide_town, boundaries=written("nowhere.geojson", (float("nan"), 30.8), 0.1, "东村"))
    with pytest.raises(LiuwenError, match="elsewhere"):
        explore(wide_town, language="en", boundaries=written("elsewhere.geojson", (119.8, 30.8), 0.1, "北村"))


def test_no_households_own_position_is_on_the_map(wide_town):
    """A circle a village, to a hundredth of a degree, and none for the village of three."""
    explorer = explore(wide_town, language="en")
    positions = explorer._positions()
    assert set(positions) == {"east", "west", "hill"} - {place for place, base in explorer.view.bases.items() if base is None}
    assert all(round(x, 2) == x and round(y, 2) == y for x, y in positions.values())


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
    assert "West" in explorer._figures.rank_title.value
    assert len(explorer._figures.ranking.plot["data"][0]["x"]) > 0


def test_speaks_chinese_at_a_press_and_keeps_what_was_chosen(explorer):
    """Controls, words, labels and charts."""
    explorer._chips.value = ["east", "hill"]
    explorer._language.value = "zh"
    assert [label for label, _ in explorer._chips.options] == ["东村", "西村", "山村", "湖村"]
    assert explorer.places == ["east", "hill"]
    assert "东村" in explorer._figures.heatmap.plot["layout"]["xaxis"]["ticktext"][0]
    assert "回答" in explorer.shown.columns


def test_is_as_narrow_as_its_room(explorer):
    """Beside each other on a desk, one above the other on a phone."""
    explorer._chips.width = 1100
    assert explorer._figures.heatmap.plot["layout"]["width"] + explorer._figures.ranking.plot["layout"]["width"] <= 1100
    explorer._chips.width = 340
    assert explorer._figures.heatmap.plot["layout"]["width"] <= 340
    assert explorer._figures.ranking.plot["layout"]["width"] <= 340


def test_charts_hold_nothing_that_json_cannot(explorer):
    """A message with a NaN in it never reaches the browser."""
    import json

    for figure in (explorer._figures.heatmap, explorer._figures.ranking):
        json.dumps(json.loads(figure.figure), allow_nan=False)
    numbers = (
        value for trace in explorer._figures.heatmap.plot["data"] for row in trace["z"] for value in row if value is not None
    )
    assert not any(math.isnan(value) for value in numbers)


def test_a_pressed_cell_has_its_place_put_in_order(explorer):
    """The third column is Hill."""
    explorer._figures.heatmap.clicked = [2, 0]
    assert control(explorer, "Ranking for").value == "hill"


def test_plotly_is_sent_when_it_is_asked_for(explorer, monkeypatch):
    """Compressed, and not before: the explorer itself stays small."""
    sent = []
    monkeypatch.setattr(explorer._figures.heatmap, "send", lambda content, buffers: sent.append(buffers[0]))
    explorer._figures.heatmap._handle_custom_msg({"kind": "plotly"}, [])
    assert b"plotly.js v" in gzip.decompress(sent[0])[:200]
    assert len(sent[0]) < 2_000_000
    assert len(explorer._figures.heatmap.figure) < 200_000


def test_withheld_figures_are_not_in_the_charts(explorer):
    """Neither in colours nor in words nor in tooltips."""
    rows = explorer.view.places
    share = explorer.view.matrix("share")
    drawn, dark = (
        pd.DataFrame([list(row) for row in trace["z"]], index=share.index, columns=share.columns)
        for trace in explorer._figures.heatmap.plot["data"][:2]
    )
    assert drawn.fillna(dark).isna().equals(share.isna())
    assert rows["suppressed"].any()


def test_shows_its_static_view_without_a_kernel(explorer, monkeypatch):
    """Two outputs: a table that any reader can show, and the live one."""
    bundles = []
    monkeypatch.setattr("IPython.display.publish_display_data", bundles.append)
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


def test_another_language_than_chinese_and_english_is_refused(wide_town):
    """With one sentence, not with the error of a widget."""
    with pytest.raises(LiuwenError, match="'fr'"):
        explore(wide_town, language="fr")
