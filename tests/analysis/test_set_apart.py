"""A section kept apart from whoever answered it: its figures by place are counted when it is read, and small ones never shown."""

import numpy as np
import pytest

import liuwen as lw
from liuwen.analysis.explorable import explorable
from liuwen.analysis.source import source_of
from liuwen.errors import AnswerError
from liuwen.explorers import page
from liuwen.form import builder as b
from liuwen.responses.section_counts import sections_of

PLACES = {"east": 120, "west": 90, "hill": 60, "lake": 12}


@pytest.fixture(scope="module")
def apart_form():
    listed = {"villages": [*PLACES], "agree": ["yes", "no"], "ratings": ["good", "poor"], "faults": ["late", "rude", "none"]}
    lists = {name: b.choices(name, *((one, one, one) for one in values)) for name, values in listed.items()}
    manner = b.select_one("manner", lists["ratings"], zh="作风", en="Manner", relevant="${agreed} = 'yes'")
    faults = b.select_multiple("faults", lists["faults"], zh="毛病", en="Faults", relevant="${agreed} = 'yes'")
    asking = [
        b.select_one("village", lists["villages"], zh="村", en="Village"),
        b.text("household", zh="户号", en="Household"),
        b.select_one("kind", lists["agree"], zh="户别", en="Kind"),
        b.group("appraisal", unlinked=True, zh="评价", en="Appraisal", items=[
            b.select_one("agreed", lists["agree"], zh="愿意说吗", en="Agreed"), manner, faults,
        ]),
    ]  # fmt: skip
    return b.build_form("visit", version="1", zh="走访", en="Visit", items=asking)


@pytest.fixture(scope="module")
def rows():
    draw, found = np.random.default_rng(4), []
    for village, size in PLACES.items():
        for number in range(size):
            agreed = number % 8 > 0
            found.append({
                "village": village,
                "household": f"{village}-{number}",
                "kind": "yes",
                "appraisal/agreed": "yes" if agreed else "no",
                "appraisal/manner": str(draw.choice(["good", "poor"], p=[0.7, 0.3])) if agreed else None,
                "appraisal/faults": str(draw.choice(["late rude", "late", "none"])) if agreed else None,
            })  # fmt: skip
    return found


def read(form, rows):
    submissions = []
    for number, row in enumerate(rows):
        main, apart = "", ""
        for name, value in row.items():
            if value is not None:
                leaf = name.rpartition("/")[2]
                text = f"<{leaf}>{value}</{leaf}>"
                main, apart = (main, apart + text) if "/" in name else (main + text, apart)
        meta = f"<meta><instanceID>uuid:{number}</instanceID></meta>"
        submissions.append(f'<data id="visit" version="1">{main}<appraisal>{apart}</appraisal>{meta}</data>'.encode())
    return lw.read_responses(submissions, form=form)


def cells(table, column="count"):
    return {(row.village, row.value): getattr(row, column) for row in table[table["shown"]].itertuples()}


def test_the_figures_of_a_village_are_those_of_a_plain_count(apart_form, rows):
    found = cells(lw.shares(read(apart_form, rows), "manner", by="village"))
    counted = {
        key: sum((row["village"], row["appraisal/manner"]) == key for row in rows)
        for key in [("east", "good"), ("east", "poor"), ("west", "good"), ("west", "poor")]
    }
    assert {key: found[key] for key in counted} == counted
    late = cells(lw.shares(read(apart_form, rows), "faults", by="village"))["east", "late"]
    assert late == sum(row["village"] == "east" and "late" in str(row["appraisal/faults"]) for row in rows)


@pytest.mark.parametrize("asked", [{}, {"minimum": 1}, {"protection": "none"}])
def test_small_figures_are_hidden_from_everybody(apart_form, rows, asked):
    table = lw.shares(read(apart_form, rows), "manner", by="village", **asked)
    assert "lake" not in {village for village, _ in cells(table)}
    assert min(cells(table).values()) >= 5


def test_one_household_visited_often_is_one_household(apart_form, rows):
    """Fourteen of fifteen answers "poor" in a village are of one household: the other villages' answers are good."""
    again = [row | {"appraisal/manner": "good"} if row["appraisal/manner"] else row for row in rows]
    once = next(row for row in again if row["village"] == "west" and row["appraisal/manner"])
    again += [once | {"appraisal/manner": "poor"} for _ in range(14)]
    assert ("west", "poor") not in cells(lw.shares(read(apart_form, again), "manner", by="village"))
    others = [once | {"appraisal/manner": "poor", "household": f"new-{number}"} for number in range(14)]
    assert cells(lw.shares(read(apart_form, again[:-14] + others), "manner", by="village"))["west", "poor"] == 14


def test_a_follow_up_is_hidden_where_few_declined(apart_form, rows):
    """Of those asked to speak all but three agreed: the base of the rating would say so."""
    eager = [row | {"appraisal/agreed": "yes", "appraisal/manner": row["appraisal/manner"] or "good"} for row in rows]
    declined = [row for row in eager if row["village"] == "west"][:3]
    for row in declined:
        row.update({"appraisal/agreed": "no", "appraisal/manner": None})
    found = lw.shares(read(apart_form, eager), "manner", by="village")
    assert "west" not in {village for village, _ in cells(found)}


def test_nothing_else_links_the_section_to_a_place(apart_form, rows, tmp_path):
    responses = read(apart_form, rows)
    assert list(responses["appraisal"].columns) == ["agreed", "manner", "faults"]
    with pytest.raises(AnswerError, match="kept apart"):
        lw.shares(responses, "manner", by="kind")
    with pytest.raises(AnswerError, match="kept apart"):
        lw.shares(responses, "manner", by="village", protection="cell_key", secret="x")
    written = responses.to_parquet(tmp_path / "out", raw=True)
    for other in (responses.where(village="east"), responses.release("1", folder=tmp_path), lw.read_responses(written)):
        assert not sections_of(other)


def test_the_explorer_offers_places_and_no_filters(apart_form, rows):
    responses = read(apart_form, rows)
    assert explorable(source_of(responses)).groupings("manner") == ["village"]
    explorer = lw.explore(responses, "manner", language="en")
    assert set(explorer.places) == set(PLACES)
    assert explorer._period.layout.display == explorer._group.layout.display == "none"


def test_a_page_of_it_has_no_filters(apart_form, rows, tmp_path):
    """There is nothing to filter it by."""
    written = page(read(apart_form, rows), tmp_path / "page.html", question="manner", by="village")
    assert "Manner" in written.read_text(encoding="utf-8")
