"""Answers to earlier versions of a form stand in the columns that their questions have become."""

import pandas as pd
import pytest

from liuwen.errors import AnswerError
from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.responses import read_responses

YES_NO = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))


def form(version: str, *items: b.Item) -> Form:
    return b.build_form("visit", zh="走访", en="Visit", version=version, items=list(items))


def text(name: str, en: str) -> b.Item:
    return b.text(name, zh=f"{en}（中文）", en=en)


def repeat(name: str, *items: b.Item) -> b.Item:
    return b.repeat(name, zh="家庭成员", en="Household member", items=list(items))


OLD = form(
    "1",
    text("village", "Which village do you live in?"),
    text("gone", "Anything else?"),
    repeat("person", text("called", "What name?")),
)
NEW = form(
    "2",
    b.group("about", zh="概况", en="About", items=[text("home_village", "Which village do you live in?")]),
    b.integer("people", zh="几口人？", en="How many people?"),
    repeat("member", text("called", "What name?")),
)
TOLD = (
    b'<data id="visit" version="1"><village>a</village><gone>x</gone><person><called>p</called></person>'
    b"<person><called>q</called></person><meta><instanceID>uuid:1</instanceID></meta></data>"
)
NOW = (
    b'<data id="visit" version="2"><about><home_village>b</home_village></about><people/><member><called>r</called></member>'
    b"<meta><instanceID>uuid:2</instanceID></meta></data>"
)


def test_renamed_and_moved_questions_keep_their_answers():
    """Recognised by what they ask, repeats included; dropped questions are kept separately, and renamings are reported."""
    responses = read_responses([TOLD, NOW], NEW, earlier=[OLD])
    assert responses.table["home_village"].to_dict() == {"uuid:1": "a", "uuid:2": "b"}
    assert responses["member"]["called"].to_dict() == {
        "uuid:1/member[1]": "p",
        "uuid:1/member[2]": "q",
        "uuid:2/member[1]": "r",
    }
    assert responses.unknown[["field", "value"]].to_numpy().tolist() == [["gone", "x"]]
    assert any("“village” are read as “about/home_village”" in note.en for note in responses.notes)


def test_a_question_that_came_later_was_not_asked_before():
    """Its base counts those whose version had it."""
    responses = read_responses([TOLD, NOW], NEW, earlier=[OLD])
    assert responses.asked("people").tolist() == [False, True]


def test_without_the_earlier_form_nothing_is_lost():
    """What the form does not know is kept under its old name."""
    responses = read_responses([TOLD], NEW)
    assert responses.table["home_village"].isna().all()
    assert sorted(responses.unknown["field"]) == ["gone", "person/called", "person/called", "village"]


def test_renamings_work_without_the_earlier_form():
    """By name or path, for a question or a whole repeat."""
    responses = read_responses([TOLD], NEW, renamed={"person": "member"})
    assert responses["member"]["called"].tolist() == ["p", "q"]
    grouped = b'<data id="visit" version="1"><about><village>a</village></about></data>'
    assert read_responses([grouped], NEW, renamed={"village": "home_village"}).table["home_village"].tolist() == ["a"]
    moved = form("2", text("home_village", "?"), repeat("member", text("called", "?")))
    assert read_responses([TOLD], moved, renamed={"village": "home_village"}).table["home_village"].tolist() == ["a"]


def test_declared_renamings_override_recognised_ones():
    """A question that was given another's wording is settled by the caller."""
    older = form("1", text("first", "Which village do you live in?"), text("second", "Which town?"))
    newer = form("2", text("place", "Which village do you live in?"), text("town", "Which town?"))
    data = b'<data id="visit" version="1"><first>a</first><second>b</second></data>'
    assert read_responses([data], newer, earlier=[older]).table[["place", "town"]].iloc[0].tolist() == ["a", "b"]
    told = read_responses([data], newer, earlier=[older], renamed={"first": "town", "second": "place"})
    assert told.table[["place", "town"]].iloc[0].tolist() == ["b", "a"]


def test_a_renaming_to_nothing_is_refused():
    """The error names what the form does not have."""
    with pytest.raises(AnswerError, match="nowhere"):
        read_responses([], NEW, renamed={"village": "nowhere"})


def appraisal(version: str, *, unlinked: bool) -> Form:
    asked = b.select_one("fair", YES_NO, zh="公道吗？", en="Are they fair?")
    return form(
        version, text("village", "Which?"), b.group("appraisal", zh="评价", en="Appraisal", unlinked=unlinked, items=[asked])
    )


@pytest.mark.parametrize(("before", "now"), [(True, False), (False, True)])
def test_a_section_that_was_ever_unlinked_stays_so(before, now):
    """Promised to those who answered, or wanted by those who read: either keeps the answers from the household."""
    data = b'<data id="visit" version="1"><village>a</village><appraisal><fair>yes</fair></appraisal></data>'
    responses = read_responses([data], appraisal("2", unlinked=now), earlier=[appraisal("1", unlinked=before)])
    if now:
        assert responses["appraisal"]["fair"].tolist() == ["yes"]
    else:
        assert responses.table["fair"].isna().all()
        assert responses.unknown[["value", "key"]].isna().to_numpy().tolist() == [[False, True]]


def test_the_version_suffix_of_central_is_ignored(visit, submission):
    """Encrypted by Central, version 2 is still version 2: no note, and its own layout."""
    responses = read_responses([submission("<village>East</village>", version="2[encrypted:AaIA5Suf]")], visit)
    assert responses.table["form_version"].tolist() == ["2"]
    assert responses.notes == ()


WELL_1 = b.choices("well", ("y", "是", "Yes"), ("no", "否", "No"), ("dk", "不知道", "Don't know"))
WELL_2 = b.choices("well", ("yes", "是", "Yes"), ("no", "否", "No"))
BEFORE, AFTER = (
    form(version, b.select_one("ok", well, zh="好吗？", en="Ok?")) for version, well in (("1", WELL_1), ("2", WELL_2))
)


def answered(value: str, instance_id: str) -> bytes:
    return f'<data id="visit" version="1"><ok>{value}</ok><meta><instanceID>{instance_id}</instanceID></meta></data>'.encode()


def test_removed_choices_keep_name_and_label(tmp_path):
    """Also in an export of labels, and in a folder of Parquet; a choice under another code stays apart, and is reported."""
    responses = read_responses([answered("dk", "a"), answered("no", "b"), answered("y", "c")], AFTER, earlier=[BEFORE])
    assert responses.table["ok"].tolist() == ["dk", "no", "y"]
    assert responses.labelled("en")["ok"].tolist() == ["Don't know", "No", "y"]
    assert responses.unknown["value"].tolist() == ["y"]
    read = read_responses(responses.to_parquet(tmp_path / "written"))
    assert read.labelled("zh")["ok"].tolist() == ["不知道", "否", "y"]
    (tmp_path / "a.csv").write_text("_uuid,Ok?\n1,Don't know\n2,Yes\n", encoding="utf-8")
    assert read_responses(tmp_path / "a.csv", AFTER, earlier=[BEFORE]).table["ok"].tolist() == ["dk", "yes"]
    assert read_responses(tmp_path / "a.csv", AFTER).unknown["value"].tolist() == ["Don't know"]


REPEATED = form("1", repeat("member", text("called", "What name?"), repeat("child", text("age", "What age?"))))
GROUPED = form("2", b.group("member", zh="家庭成员", en="Household member", items=[text("called", "What name?")]))
ROWS = b"<member><called>Li</called><child><age>3</age></child></member><member><called>Wang</called></member>"


@pytest.mark.parametrize("earlier", [[REPEATED], []], ids=["told", "not told"])
def test_rows_of_a_repeat_that_became_a_group_keep_their_keys(earlier):
    """None is read as the group's, even if the earlier form is not given: a group stands once in a submission."""
    told = b'<data id="visit" version="1">' + ROWS + b"<meta><instanceID>uuid:1</instanceID></meta></data>"
    responses = read_responses([told], GROUPED, earlier=earlier)
    assert responses.table["called"].isna().all()
    assert responses.unknown.set_index("value")["key"].to_dict() == {
        "Li": "uuid:1/member[1]",
        "3": "uuid:1/member[1]/child[1]" if earlier else "uuid:1/member[1]",
        "Wang": "uuid:1/member[2]",
    }
    one = told.replace(b"<member><called>Wang</called></member>", b"")
    assert read_responses([one], GROUPED, earlier=earlier).table["called"].tolist() == [pd.NA if earlier else "Li"]
