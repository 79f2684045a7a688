"""Town, village and household: written down, chosen from short lists, or from files for long ones."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuwen.engine import interview, validate
from liuwen.errors import FormError
from liuwen.form import Form, to_xform
from liuwen.questionnaires import household_interview, made_up_town

TWO_TOWNS = pd.DataFrame(
    {
        "town": ["east", "east", "west"],
        "village": ["a", "b", "c"],
        "label_zh": ["甲村", "乙村", "丙村"],
        "label_en": ["A", "B", "C"],
    }
)


def small(villages: pd.DataFrame | None) -> Form:
    return household_interview(villages, modules=())


def offered(form: Form, *answers: tuple[str, object]) -> list[str]:
    """The choices of the next question, once these are answered."""
    walk = interview(form, language="zh")
    for name, value in answers:
        walk.jump(name).answer(value)
    assert walk.question is not None
    return list(walk.question.choices)


def test_without_a_table_names_are_written_down():
    """The form still says where it was."""
    form = small(None)
    assert (form["town"].type, form["village"].type, form["household"].type) == ("text", "text", "text")


def test_villages_follow_their_town():
    """Only those of the chosen town are offered."""
    form = small(TWO_TOWNS)
    assert offered(form, ("visitor", "x"), ("town", "east")) == ["a", "b"]
    assert offered(form, ("visitor", "x"), ("town", "west")) == ["c"]
    assert form.choices_of("village").labels("zh") == {"a": "甲村", "b": "乙村", "c": "丙村"}


def test_a_single_town_is_chosen_already():
    """One tap less."""
    assert small(made_up_town(3))["town"].cell("default") == "qinghe"


def test_a_place_without_a_label_shows_its_code():
    """Labels are optional, language by language."""
    form = small(TWO_TOWNS[["town", "village"]].assign(label_zh=["甲村", "", None]))
    assert form.choices_of("village").labels("zh") == {"a": "甲村", "b": "b", "c": "c"}
    assert form.choices_of("village").labels("en") == {"a": "a", "b": "b", "c": "c"}


def test_numbers_do_for_codes():
    """A frame read from CSV has them."""
    form = small(pd.DataFrame({"town": [1, 1], "village": [101, 102]}))
    assert form.choices_of("village").names == ("101", "102")


def test_long_lists_travel_as_files_and_cascade():
    """Over 200 villages or households go to CSV beside the form; the phone filters them by what was chosen."""
    town = made_up_town(210)
    households = pd.concat([town.assign(household=[f"{village}-{n}" for village in town["village"]]) for n in (1, 2)])
    form = small(households)
    assert set(form.media) == {"villages.csv", "households.csv"}
    assert (form["village"].from_file, form["household"].from_file, form["town"].from_file) == (True, True, False)
    made = to_xform(form)
    verdict = validate(made.xml, form.media)
    assert (made.warnings, verdict.errors, verdict.warnings) == ((), (), ())
    village = town["village"].iloc[207]
    chosen = offered(form, ("visitor", "x"), ("town", "qinghe"), ("village", village))
    assert chosen == [f"{village}-1", f"{village}-2"]
    assert b"\xe6\x9d\x91 " in form.media["villages.csv"]  # a label for all languages: 村, then the English name


def test_households_may_be_listed_in_the_form():
    """A short roster needs no file."""
    form = small(TWO_TOWNS.assign(household=["a1", "b1", "c1"], household_label=["1号", "2号", "3号"]))
    assert not form.media
    assert form.choices_of("household").labels("zh") == {"a1": "1号", "b1": "2号", "c1": "3号"}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (TWO_TOWNS.drop(columns="village"), "no column “village”"),
        (TWO_TOWNS.drop(columns="town"), "no column “town”"),
        (TWO_TOWNS.assign(village=["a", "b", ""]), "“village” of the table of villages has blank cells"),
        (TWO_TOWNS.assign(village=["a", "b", None]), "“village” of the table of villages has blank cells"),
        (TWO_TOWNS.assign(village=["a", "b", "a"]), "“a” occurs in more than one town"),
        (TWO_TOWNS.assign(household=["h", "i", "h"]), "“h” occurs more than once"),
        (TWO_TOWNS.assign(village=["a", "b b", "c"]), "“b b”"),
        (TWO_TOWNS.head(0), "has no rows"),
    ],
)
def test_faulty_tables_are_refused(table: pd.DataFrame, said: str):
    """With the column or code at fault."""
    with pytest.raises(FormError) as caught:
        small(table)
    assert said in caught.value.sentence.en


CODES = st.text("abcdefgh0123456789_-", min_size=1, max_size=6)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(CODES, CODES, min_size=1, max_size=12))
def test_any_table_of_codes_gives_a_list_of_them(town_of: dict[str, str]):
    """Every village once, with its town as the filter."""
    table = pd.DataFrame({"town": list(town_of.values()), "village": list(town_of)})
    form = small(table)
    assert {choice.name: choice.columns["town"] for choice in form.choices_of("village")} == town_of
    assert set(form.choices_of("town").names) == set(town_of.values())
