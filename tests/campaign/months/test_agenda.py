"""The agenda of the case meeting and the town's page: what is undecided first, and the office that keeps people waiting."""

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign import Campaign
from liuwen.campaign.months.making import month_pages
from liuwen.campaign.months.pages import TownPage, in_words

REGISTERS = {
    "posts": pd.DataFrame(
        {"person": ["Li", "Sun", "D"], "rank": ["staff", "town_office", "desk"], "place": ["V1", "", ""], "from": "2026-01-01"}
    ),
    "places": pd.DataFrame({"place": ["V1", "V2", "T"], "within": ["T", "T", ""], "level": ["village", "village", "town"]}),
    "people": pd.DataFrame({"person": ["Li", "Sun"], "label": ["李卫国", "孙立"]}),
}
STEPS = """
matter step on by village class title deadline
thrice raise 2026-06-01 Li V1 difficulty canal -
thrice apply 2026-06-02 Li V1 - - -
thrice refuse 2026-06-03 Sun V1 - - -
thrice apply 2026-06-04 Li V1 - - -
thrice refuse 2026-06-05 Sun V1 - - -
thrice apply 2026-06-08 Li V1 - - -
thrice refuse 2026-06-09 Sun V1 - - -
twice raise 2026-06-02 Li V1 difficulty ditch -
twice apply 2026-06-03 Li V1 - - -
twice refuse 2026-06-03 Sun V1 - - -
twice apply 2026-06-04 Li V1 - - -
twice refuse 2026-06-05 Sun V1 - - -
waits raise 2026-06-10 Li V1 difficulty bridge -
waits apply 2026-06-12 Li V1 - - -
younger raise 2026-05-20 Li V1 difficulty school -
younger apply 2026-05-21 Li V1 - - -
younger accept 2026-05-22 Sun V1 - - 2026-08-01
older raise 2026-05-10 Li V1 difficulty road -
older apply 2026-05-21 Li V1 - - -
older accept 2026-05-22 Sun V1 - - 2026-08-01
unsorted raise 2026-06-20 Li V1 - noise -
nobody raise 2026-06-20 Li V2 difficulty lamp -
in-time raise 2026-06-25 Li V1 difficulty gate -
"""


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    """Nine matters, as they stand on 30 June 2026."""
    header, *rows = [line.split() for line in STEPS.strip().splitlines()]
    steps = pd.DataFrame(rows, columns=header).replace("-", "").assign(note="n", reason="r", household="H1")
    return lw.read_campaign("hubin", 2026, registers=REGISTERS, events={"matters": steps})


def said(page: TownPage, heading: str) -> list[list[str]]:
    """The rows of the section whose Chinese heading holds a word, in English."""
    [section] = [one for one in page.sections if heading in in_words(one.heading, "zh")]
    return [[in_words(cell, "en") for cell in row] for row in section.rows]


def test_the_undecided_come_first_and_three_refusals_are_undecided(campaign: Campaign) -> None:
    """Refused three times, waiting too long, without a class, without anybody; two refusals are not enough."""
    agenda = month_pages(campaign, "2026-06", None).agenda()
    assert "没有定下来" in in_words(agenda.sections[0].heading, "zh")
    assert [(row[0], row[3]) for row in said(agenda, "没有定下来")] == [
        ("refusals: 3", "canal"),
        ("waiting too long", "bridge"),
        ("not sorted into a class", "noise"),
        ("nobody responsible", "lamp"),
    ]


def test_the_rest_follows_by_tier_and_age(campaign: Campaign) -> None:
    """The higher tier first, within it the oldest first; of the first tier what is overdue; what is in time is only counted."""
    agenda = month_pages(campaign, "2026-06", None).agenda()
    assert [row[2] for row in said(agenda, "在镇一级")] == ["road", "school"]
    assert [row[2] for row in said(agenda, "已超期")] == ["ditch"]
    assert "gate" not in str(agenda.sections) and in_words(agenda.said[0], "en").endswith("not listed: 1.")


def test_an_unanswered_application_names_the_office_and_not_the_visitor(campaign: Campaign) -> None:
    """On the village's board, and on the first table of the town's page with the days: the five working days ended on 22 June."""
    pages = month_pages(campaign, "2026-06", None)
    [board] = [pages.board_page(one) for one in pages.boards if one.place == "V1"]
    [line] = [row for row in said(board, "还没有销号") if row[2] == "bridge"]
    assert line[-1] == "waiting for town, days: 18, days overdue: 5"
    [town] = [page for page in pages.town_pages() if page.id == "town"]
    assert in_words(town.sections[0].heading, "zh") == "谁让群众在等"
    assert [row[:4] for row in said(town, "谁让群众在等") if "office" in row[0]] == [["town (town office)", "1", "1", "18"]]


def test_matters_without_anybody_responsible_are_named_on_the_town_page(campaign: Campaign) -> None:
    """Matters for which nobody is responsible have a section of their own."""
    [town] = [page for page in month_pages(campaign, "2026-06", None).town_pages() if page.id == "town"]
    assert [row[-1] for row in said(town, "没有人负责")] == ["lamp"]
