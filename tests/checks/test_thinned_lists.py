"""pyxform and JavaRosa judge a form with thinned lists as the whole one, and a list that may matter is not thinned."""

import pytest

from liuwen.checks import check
from liuwen.checks.facts import Facts
from liuwen.checks.verdicts.conversion import judged
from liuwen.checks.verdicts.thinned_lists import LONGEST, with_thinned_lists
from liuwen.engine import engine
from liuwen.form import Form, Sheet

SURVEY = ["type", "name", "label", "choice_filter", "default", "calculation"]
CHOICES = ["list_name", "name", "label::en", "label::zh", "town"]
TOWN, VILLAGE = (
    ["select_one town", "town", "Town", "", "", ""],
    ["select_one village", "village", "Village", "town = ${town}", "", ""],
)


def form(*rows: list[str], last: list[str] | None = None) -> Form:
    """A form with ten towns and one village more than a list may have; `last` is the last of the villages."""
    towns = [["town", f"t{n}", f"Town {n}", f"{n} 镇", ""] for n in range(10)]
    villages = [["village", f"v{n}", f"Village {n}", f"{n} 村", f"t{n % 10}"] for n in range(LONGEST)]
    villages.append(last or ["village", "last", "Last", "最后", "t1"])
    settings = Sheet.of("settings", ["form_id", "form_title"], [["f", "F"]])
    return Form((Sheet.of("survey", SURVEY, list(rows)), Sheet.of("choices", CHOICES, [*towns, *villages]), settings))


def test_one_village_of_each_town_represents_all():
    """The short list stays whole, and so does every value that the filter may ask for."""
    thin = with_thinned_lists(Facts(form(TOWN, VILLAGE))).sheet("choices")
    assert [row[0] for row in thin.rows].count("town") == 10
    assert [row[4] for row in thin.rows if row[0] == "village"] == [f"t{n}" for n in range(10)]


@pytest.mark.parametrize("more", [[], [["integer", "n", "N", "", "", "nothing(1)"]], [["text", "x", "", "", "", "${none}"]]])
def test_the_verdict_is_that_of_the_whole_form(more):
    """Refused or not, and in the same words."""
    whole = form(TOWN, VILLAGE, *more)
    thin = with_thinned_lists(Facts(whole))
    assert thin is not whole
    assert engine().call(judged, thin) == engine().call(judged, whole)


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        ([[*VILLAGE[:3], "name != ${town}", "", ""]], None),
        ([[*VILLAGE[:3], "", "v500", ""]], None),
        ([[*VILLAGE[:3], "town = ", "", ""]], None),
        ([VILLAGE, ["calculate", "t", "", "", "", "instance('village')/root/item[name = 'v500']/town"]], None),
        ([["rank village", "v", "V", "", "", ""]], None),
        ([VILLAGE], ["village", "v7", "Twice", "两次", "t1"]),
        ([VILLAGE], ["village", "", "Nameless", "无名", "t1"]),
        ([VILLAGE], ["village", "a b", "Spaced", "空格", "t1"]),
        ([VILLAGE], ["village", "last", "Of ${town}", "最后", "t1"]),
        ([VILLAGE], ["village", "last", "Bell \a", "最后", "t1"]),
    ],
)
def test_a_list_stays_whole_where_one_choice_may_matter(rows, last):
    """Looked up by its name, a default, or unlike the others."""
    whole = form(TOWN, *rows, last=last)
    assert with_thinned_lists(Facts(whole)) is whole


def test_a_choice_without_a_label_is_kept():
    """Each pattern of blank cells has a choice of its own."""
    thin = with_thinned_lists(Facts(form(TOWN, VILLAGE, last=["village", "last", "", "最后", "t1"])))
    assert thin.sheet("choices").rows[-1][1] == "last"


def test_a_fault_among_many_choices_is_found_in_its_row():
    """Messages about choices come from the whole list, so rows are counted as in the workbook."""
    report = check(form(TOWN, VILLAGE, last=["village", "v7", "Twice", "两次", "t1"]))
    row = 10 + LONGEST + 2
    assert [(finding.severity, finding.place.row) for finding in report.all if finding.rule == "duplicate-choice-names"] == [
        ("error", row)
    ]
