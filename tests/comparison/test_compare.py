"""Comparing two forms: each change, and its effect on existing data."""

import json
from itertools import pairwise

import pytest
from lxml import html

from liuwen.comparison import Changes, compare
from liuwen.form import Form, read_form
from liuwen.messages import use_language

OLDER = """
| survey |
| | type | name | label | relevant | constraint | calculation |
| | text | village | Which village? | | | |
| | begin group | home | Household | | | |
| | integer | people | How many people live here? | | . > 0 | |
| | select_one yes_no | asks | Do you ask for help? | ${people} > 1 | | |
| | select_multiple aid | kinds | Which kinds of help? | ${asks} = 'yes' | | |
| | end group | | | | | |
| | begin repeat | member | Member | | | |
| | integer | age | How old? | | | |
| | end repeat | | | | | |
| | calculate | half | | | | ${people} div 2 |
| | note | thanks | Thank you | | | |
| choices |
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
| | aid | money | Money |
| | aid | work | Work |
| | aid | school | Schooling of the children |
| settings |
| | form_id | version |
| | visit | 1 |
"""


def changed(*replacements: tuple[str, str], version: bool = True) -> Changes:
    newer = with_changes(*replacements, *([("| visit | 1 |", "| visit | 2 |")] if version else []))
    return compare(read_form(OLDER.encode()), newer)


def with_changes(*replacements: tuple[str, str]) -> Form:
    newer = OLDER
    for before, after in replacements:
        assert before in newer
        newer = newer.replace(before, after)
    return read_form(newer.encode())


def found(changes: Changes) -> list[tuple[str, str, str]]:
    return [(change.kind, change.effect, change.subject) for change in changes]


def test_form_compared_with_itself_has_no_changes(forms: dict[str, Form]):
    """No changes are reported."""
    for name, form in forms.items():
        assert not compare(form, form).changes, name
    with use_language("en"):
        assert str(compare(form, form)) == "The two forms do not differ."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("| select_multiple aid |", "| select_multiple aid or_other |", ("other", "safe", "home/kinds")),
        ("| | note | thanks", "| | text | remark | Anything else? | | | |\n| | note | thanks", ("added", "safe", "remark")),
        ("| | integer | age | How old? | | | |\n", "", ("removed", "loses", "member/age")),
        ("| | note | thanks | Thank you | | | |\n", "", ("removed", "safe", "thanks")),
        ("| text | village |", "| text | hamlet |", ("renamed", "mapping", "hamlet")),
        ("| begin group | home |", "| begin group | house |", ("renamed", "mapping", "house")),
        ("| begin repeat | member |", "| begin repeat | person |", ("renamed", "mapping", "person")),
        ("Which village?", "Which village is it?", ("reworded", "safe", "village")),
        ("| integer | age |", "| decimal | age |", ("retyped", "safe", "member/age")),
        ("| integer | age |", "| text | age |", ("retyped", "safe", "member/age")),
        ("| integer | age |", "| date | age |", ("retyped", "mapping", "member/age")),
        ("| text | village |", "| note | village |", ("retyped", "loses", "village")),
        ("| select_multiple aid |", "| select_one aid |", ("retyped", "loses", "home/kinds")),
        ("| select_one yes_no |", "| select_multiple yes_no |", ("retyped", "safe", "home/asks")),
        ("${people} > 1", "${people} > 2", ("relevance", "safe", "home/asks")),
        (". > 0", ". > 0 and . < 30", ("constraint", "safe", "home/people")),
        ("div 2", "div 3", ("calculation", "mapping", "half")),
        ("| | aid | work | Work |", "| | aid | work | Work |\n| | aid | land | Land |", ("choice added", "safe", "aid/land")),
        ("| | aid | work | Work |\n", "", ("choice removed", "loses", "aid/work")),
        ("| aid | school |", "| aid | schooling |", ("choice renamed", "mapping", "aid/schooling")),
        ("Schooling of the children", "Schooling of children", ("choice reworded", "safe", "aid/school")),
        ("Schooling of the children", "A loan", ("choice reworded", "mapping", "aid/school")),
        (
            "| | yes_no | yes | Yes |\n| | yes_no | no | No |",
            "| | yes_no | no | No |\n| | yes_no | yes | Yes |",
            ("choices reordered", "safe", "yes_no"),
        ),
        ("| visit | 1 |", "| visits | 2 |", ("form_id", "mapping", "visits")),
        ("version |\n| | visit | 1 |", "version | name |\n| | visit | 2 | root |", ("setting", "mapping", "name")),
        ("version |\n| | visit | 1 |", "version | style |\n| | visit | 2 | pages |", ("setting", "safe", "style")),
    ],
)
def test_each_change_and_its_effect(before, after, expected):
    """Each edit of the form gives one change, in both languages."""
    changes = changed((before, after), version="visit" not in before)
    assert found(changes) == [expected]
    (change,) = changes
    assert change.sentence.zh and change.sentence.en
    assert (changes.loses_data, changes.needs_mapping) == (expected[1] == "loses", expected[1] == "mapping")


def test_rename_message_names_both_questions():
    """The message names the old and the new question."""
    changes = changed(
        ("| integer | age |", "| date | age |"),
        ("| text | village |", "| text | hamlet |"),
        ("div 2", "div 3"),
        ("| yes_no | no |", "| yes_no | nay |"),
        ("| aid | work | Work |", "| aid | work | Works |"),
        ("| visit | 1 |", "| visits | 2 |"),
        version=False,
    )
    with use_language("en"):
        assert [str(change.sentence).split(";")[0] for change in changes] == [
            '"village" was renamed to "hamlet"',
            '"member/age" changed its type from integer to date.',
            'The calculation of "half" changed: "${people} div 2" → "${people} div 3"',
            'In list "yes_no", "No" is now stored as nay instead of no',
            'The form ID changed from "visit" to "visits"',
            'In list "aid", the label of "work" changed: "Work" → "Works"',
        ]
    assert changes.renamed == {"village": "hamlet"}


def test_messages_on_cells_and_lists():
    """The message names the column of the question, and the previous list."""
    with use_language("en"):
        cell = changed((" | calculation |", " | required |"), ("${people} div 2", "yes"))
        drawn = changed(("multiple aid", "multiple yes_no"))
        assert 'The required of "half" changed: "" → "yes".' in [str(change.sentence) for change in cell]
        assert '"home/kinds" now uses list "yes_no" instead of "aid".' in [str(change.sentence) for change in drawn]


def test_shared_list_is_compared_once():
    """Its change is reported once."""
    again = ("| | note | thanks", "| | select_one yes_no | again | Again? | | | |\n| | note | thanks")
    older = with_changes(again)
    newer = with_changes(again, ("| | yes_no | no | No |\n", ""), ("| visit | 1 |", "| visit | 2 |"))
    assert found(compare(older, newer)) == [("choice removed", "loses", "yes_no/no")]


OR_OTHER = ("| select_multiple aid |", "| select_multiple aid or_other |")
WRITTEN_OUT = (
    ("| | end group |", "| | text | kinds_other | Which? | selected(${kinds}, 'other') | | |\n| | end group |"),
    ("| | aid | school |", "| | aid | other | Other |\n| | aid | school |"),
)


def test_removing_or_other_loses_its_answers():
    """Answers to the implied choice and question are lost unless both are written out; in both directions."""
    with_other, written_out = with_changes(OR_OTHER), with_changes(*WRITTEN_OUT)
    for newer in (with_changes(), with_changes(WRITTEN_OUT[0])):
        assert ("other", "loses", "home/kinds") in found(compare(with_other, newer))
    for older, newer in [(with_other, written_out), (written_out, with_other)]:
        assert not compare(older, newer).changes


def test_question_named_like_that_of_or_other_loses_its_answers():
    """The newer form has no or_other to stand for it."""
    changes = compare(with_changes(WRITTEN_OUT[0]), with_changes(("| visit | 1 |", "| visit | 2 |")))
    assert found(changes) == [("removed", "loses", "home/kinds_other")]


def test_spaces_in_expressions_are_ignored():
    """Such as a conversion through XForm adds; spaces inside a text literal are a change."""
    assert found(changed(("${people} > 1", "${people}>1"))) == []
    assert found(changed(("${asks} = 'yes'", "${asks} = 'y es'"))) == [("relevance", "safe", "home/kinds")]


def test_references_to_a_renamed_question_are_unchanged():
    """The rule is the same under the new name."""
    assert found(changed(("| people |", "| residents |"), ("${people}", "${residents}"))) == [
        ("renamed", "mapping", "home/residents")
    ]


@pytest.mark.parametrize(
    ("replacements", "renamed"),
    [
        (
            [("| people | How many people live here?", "| size | How many live here?"), ("${people}", "${size}")],
            ("home/people", "home/size"),
        ),
        ([("| calculate | half |", "| calculate | share |")], ("half", "share")),
        ([("| member | Member |", "| visitor | Members |"), ("How old?", "Age?")], ("member", "visitor")),
    ],
)
def test_similar_question_is_only_suggested(replacements, renamed):
    """It is not treated as a rename; the message gives the argument, and that argument makes it one."""
    changes = changed(*replacements)
    assert changes.renamed == {}
    assert changes.suggested == dict([renamed])
    with use_language("en"):
        assert f'renamed={{"{renamed[0]}": "{renamed[1]}"}}' in str(changes)
    newer = with_changes(*replacements, ("| visit | 1 |", "| visit | 2 |"))
    told = compare(read_form(OLDER.encode()), newer, dict([renamed]))
    assert told.renamed == dict([renamed])
    assert not told.suggested


def test_similar_choice_is_only_suggested():
    """The choice is removed, and the new one named."""
    changes = changed(("| aid | school | Schooling of the children |", "| aid | schooling | Schooling of the child |"))
    assert found(changes) == [("choice removed", "loses", "aid/school"), ("choice added", "safe", "aid/schooling")]
    with use_language("en"):
        assert 'The new choice "schooling" (Schooling of the child) looks like it' in str(changes)


def test_ambiguous_choice_label_is_not_matched():
    """The new code of the old choice is unknown."""
    changes = changed(
        (
            "| aid | school | Schooling of the children |",
            "| aid | a | Work |\n| | aid | b | Schooling of the children |\n| | aid | c | Schooling of the children |",
        )
    )
    assert ("choice removed", "loses", "aid/school") in found(changes)


def test_different_question_in_the_same_place_is_not_a_rename():
    """One is removed and one added; neither is renamed."""
    changes = changed(("| | text | village | Which village? |", "| | geopoint | where_at | Position of the front door |"))
    assert found(changes) == [("removed", "loses", "village"), ("added", "safe", "where_at")]


def test_moving_a_question():
    """Into another group it needs mapping; out of its repeat it loses answers."""
    age = "| | integer | age | How old? | | | |\n"
    into_group = changed((age, ""), ("| | end group |", age + "| | end group |"))
    assert found(into_group) == [("moved", "loses", "home/age")]
    out_of_group = changed(
        ("| | select_multiple aid", "| | end group | | | | | |\n| | select_multiple aid"),
        ("${asks} = 'yes' | | |\n| | end group | | | | | |", "${asks} = 'yes' | | |"),
    )
    assert found(out_of_group) == [("moved", "mapping", "kinds")]
    assert out_of_group.renamed == {"home/kinds": "kinds"}


def test_reordering_names_only_the_moved_question():
    """Only the moved question is named, not those it passed."""
    village = "| | text | village | Which village? | | | |\n"
    assert found(changed((village, ""), ("| | note | thanks", village + "| | note | thanks"))) == [
        ("reordered", "safe", "village")
    ]


def test_swapped_codes_lose_data():
    """The most dangerous silent change: "yes" and "no" are swapped."""
    changes = changed(("| yes_no | yes | Yes |", "| yes_no | yes | No |"), ("| yes_no | no | No |", "| yes_no | no | Yes |"))
    assert found(changes) == [("choice reworded", "mapping", "yes_no/yes"), ("choice reworded", "mapping", "yes_no/no")]


def test_unchanged_version_is_reported():
    """Phones keep the old form."""
    assert ("version", "safe", "visit") in found(changed(("How old?", "How old are you?"), version=False))


def test_choices_in_csv_files(everything: Form):
    """A choice removed from a CSV file loses its answers too."""
    before = Form(everything.sheets, media={"villages.csv": b"name,label\nv1,One\nv2,Two\n"})
    after = Form(everything.sheets, media={"villages.csv": b"name,label\nv1,One\nv3,Three\n"})
    changes = compare(before, after)
    assert changes.loses_data
    assert "v2" in str(next(iter(changes)))


def test_added_and_removed_languages(everything: Form):
    """Removing a language loses no answers."""
    text = OLDER.replace("| label |", "| label::English (en) |")
    changes = compare(everything, read_form(text.encode()))
    assert ("language removed", "safe", "中文 (zh)") in found(changes)


def test_text_table_html_and_json():
    """As text, table, HTML and JSON; changes that lose data come first."""
    changes = changed(("| | integer | age | How old? | | | |\n", ""), ("Thank you", "Thank <b>you</b>"))
    with use_language("zh"):
        assert str(changes).splitlines()[:2] == [
            "2 处改动：丢失数据 1，需要对应 0，没有影响 1",
            "[丢失数据] survey!9: 删除了“member/age”；已收集的答案在新表单里没有对应的问题。"
            "请保留这个问题并把 relevant 设为 false()，或先导出旧答案。",
        ]
    page = html.fromstring(changes._repr_html_())
    assert len(list(page.iter("tr"))) == 3
    assert "<b>you</b>" in page.text_content()
    told = json.loads(changes.to_json())
    assert told["loses_data"] and [change["kind"] for change in told["changes"]] == ["removed", "reworded"]
    assert list(changes.table.columns) == "effect kind subject sheet row column before after message".split()
    assert changes.table["row"].tolist() == [9, 11]


def test_any_two_forms_can_be_compared(forms: dict[str, Form]):
    """Even if they have little in common."""
    several = sorted(forms.items(), key=lambda item: len(item[1].elements))[::6]
    for (_, older), (_, newer) in pairwise(several):
        assert str(compare(older, newer))


def test_real_versions_of_a_form(forms: dict[str, Form]):
    """Two versions of a form with external choices give the changes that their authors made."""
    older, newer = (forms[f"forms/onaio__onadata/external_choice_form_v{number}.xlsx"] for number in (1, 2))
    assert len(compare(older, newer)) < 20
