"""What changed between two forms, and what it does to data already collected."""

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


def test_a_form_is_like_itself(forms: dict[str, Form]):
    """Nothing is found where nothing changed."""
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
    """One change to the form is one change found, in both languages."""
    changes = changed((before, after), version="visit" not in before)
    assert found(changes) == [expected]
    (change,) = changes
    assert change.sentence.zh and change.sentence.en
    assert (changes.loses_data, changes.needs_mapping) == (expected[1] == "loses", expected[1] == "mapping")


def test_what_is_said_of_it():
    """Which is the old one, and which is the new."""
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


def test_what_is_said_of_a_cell_and_of_another_list():
    """Which column of which question, and which list it drew on before."""
    with use_language("en"):
        cell = changed((" | calculation |", " | required |"), ("${people} div 2", "yes"))
        drawn = changed(("multiple aid", "multiple yes_no"))
        assert 'The required of "half" changed: "" → "yes".' in [str(change.sentence) for change in cell]
        assert '"home/kinds" now uses list "yes_no" instead of "aid".' in [str(change.sentence) for change in drawn]


def test_a_list_that_two_questions_draw_on_is_compared_once():
    """Its change is one change."""
    again = ("| | note | thanks", "| | select_one yes_no | again | Again? | | | |\n| | note | thanks")
    older = with_changes(again)
    newer = with_changes(again, ("| | yes_no | no | No |\n", ""), ("| visit | 1 |", "| visit | 2 |"))
    assert found(compare(older, newer)) == [("choice removed", "loses", "yes_no/no")]


OR_OTHER = ("| select_multiple aid |", "| select_multiple aid or_other |")
WRITTEN_OUT = (
    ("| | end group |", "| | text | kinds_other | Which? | selected(${kinds}, 'other') | | |\n| | end group |"),
    ("| | aid | school |", "| | aid | other | Other |\n| | aid | school |"),
)


def test_or_other_that_is_taken_away_loses_its_answers():
    """Those to the choice and to the question that no row of the form names; written out they are kept, both ways."""
    with_other, written_out = with_changes(OR_OTHER), with_changes(*WRITTEN_OUT)
    for newer in (with_changes(), with_changes(WRITTEN_OUT[0])):
        assert ("other", "loses", "home/kinds") in found(compare(with_other, newer))
    for older, newer in [(with_other, written_out), (written_out, with_other)]:
        assert not compare(older, newer).changes


def test_a_question_only_called_like_that_of_or_other_loses_its_answers():
    """No or_other stands for it in the newer form."""
    changes = compare(with_changes(WRITTEN_OUT[0]), with_changes(("| visit | 1 |", "| visit | 2 |")))
    assert found(changes) == [("removed", "loses", "home/kinds_other")]


def test_blanks_between_signs_are_no_change():
    """Such as come of a round through an XForm; those inside a text are one."""
    assert found(changed(("${people} > 1", "${people}>1"))) == []
    assert found(changed(("${asks} = 'yes'", "${asks} = 'y es'"))) == [("relevance", "safe", "home/kinds")]


def test_references_to_a_renamed_question_are_no_change():
    """The rule is the same rule under the new name."""
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
def test_what_only_looks_alike_is_a_suggestion(replacements, renamed):
    """Neither called a rename nor carried over; the sentence gives the line to write, and that line makes it one."""
    changes = changed(*replacements)
    assert changes.renamed == {}
    assert changes.suggested == dict([renamed])
    with use_language("en"):
        assert f'renamed={{"{renamed[0]}": "{renamed[1]}"}}' in str(changes)
    newer = with_changes(*replacements, ("| visit | 1 |", "| visit | 2 |"))
    told = compare(read_form(OLDER.encode()), newer, dict([renamed]))
    assert told.renamed == dict([renamed])
    assert not told.suggested


def test_a_choice_that_only_looks_alike_is_a_suggestion():
    """It is removed, and the new one is named."""
    changes = changed(("| aid | school | Schooling of the children |", "| aid | schooling | Schooling of the child |"))
    assert found(changes) == [("choice removed", "loses", "aid/school"), ("choice added", "safe", "aid/schooling")]
    with use_language("en"):
        assert 'The new choice "schooling" (Schooling of the child) looks like it' in str(changes)


def test_two_choices_of_one_label_are_not_guessed_between():
    """Which of them the old code became, nobody can tell."""
    changes = changed(
        (
            "| aid | school | Schooling of the children |",
            "| aid | a | Work |\n| | aid | b | Schooling of the children |\n| | aid | c | Schooling of the children |",
        )
    )
    assert ("choice removed", "loses", "aid/school") in found(changes)


def test_another_question_in_its_place_is_not_taken_for_it():
    """Removed and added, not renamed."""
    changes = changed(("| | text | village | Which village? |", "| | geopoint | where_at | Position of the front door |"))
    assert found(changes) == [("removed", "loses", "village"), ("added", "safe", "where_at")]


def test_a_question_that_moved():
    """Into another group it needs mapping; out of its repeat its answers no longer fit."""
    age = "| | integer | age | How old? | | | |\n"
    into_group = changed((age, ""), ("| | end group |", age + "| | end group |"))
    assert found(into_group) == [("moved", "loses", "home/age")]
    out_of_group = changed(
        ("| | select_multiple aid", "| | end group | | | | | |\n| | select_multiple aid"),
        ("${asks} = 'yes' | | |\n| | end group | | | | | |", "${asks} = 'yes' | | |"),
    )
    assert found(out_of_group) == [("moved", "mapping", "kinds")]
    assert out_of_group.renamed == {"home/kinds": "kinds"}


def test_questions_asked_in_another_order():
    """Only what was moved is named, not all that it passed."""
    village = "| | text | village | Which village? | | | |\n"
    assert found(changed((village, ""), ("| | note | thanks", village + "| | note | thanks"))) == [
        ("reordered", "safe", "village")
    ]


def test_codes_that_were_exchanged():
    """The worst of silent faults: yes and no change places."""
    changes = changed(("| yes_no | yes | Yes |", "| yes_no | yes | No |"), ("| yes_no | no | No |", "| yes_no | no | Yes |"))
    assert found(changes) == [("choice reworded", "mapping", "yes_no/yes"), ("choice reworded", "mapping", "yes_no/no")]


def test_a_version_that_was_not_raised():
    """Phones keep the old form."""
    assert ("version", "safe", "visit") in found(changed(("How old?", "How old are you?"), version=False))


def test_lists_in_files(everything: Form):
    """A choice that is gone from a CSV is gone for its answers too."""
    before = Form(everything.sheets, media={"villages.csv": b"name,label\nv1,One\nv2,Two\n"})
    after = Form(everything.sheets, media={"villages.csv": b"name,label\nv1,One\nv3,Three\n"})
    changes = compare(before, after)
    assert changes.loses_data
    assert "v2" in str(next(iter(changes)))


def test_languages_that_come_and_go(everything: Form):
    """A language that is gone takes no answers with it."""
    text = OLDER.replace("| label |", "| label::English (en) |")
    changes = compare(everything, read_form(text.encode()))
    assert ("language removed", "safe", "中文 (zh)") in found(changes)


def test_how_it_is_shown():
    """As text, table, HTML and JSON, what loses data first."""
    changes = changed(("| | integer | age | How old? | | | |\n", ""), ("Thank you", "Thank <b>you</b>"))
    with use_language("zh"):
        assert str(changes).splitlines()[:2] == [
            "2 处改动：丢失数据 1，需要对应 0，没有影响 1",
            "[丢失数据] survey!9: 删去了“member/age”；已收的答案在新表单里没有位置。"
            "请保留问题并把 relevant 设为 false()，或先导出旧答案。",
        ]
    page = html.fromstring(changes._repr_html_())
    assert len(list(page.iter("tr"))) == 3
    assert "<b>you</b>" in page.text_content()
    told = json.loads(changes.to_json())
    assert told["loses_data"] and [change["kind"] for change in told["changes"]] == ["removed", "reworded"]
    assert list(changes.table.columns) == "effect kind subject sheet row column before after message".split()
    assert changes.table["row"].tolist() == [9, 11]


def test_any_two_forms_can_be_compared(forms: dict[str, Form]):
    """However little they have in common."""
    several = sorted(forms.items(), key=lambda item: len(item[1].elements))[::6]
    for (_, older), (_, newer) in pairwise(several):
        assert str(compare(older, newer))


def test_real_versions_of_one_form(forms: dict[str, Form]):
    """Two versions of a form with external choices differ as their authors changed them."""
    older, newer = (forms[f"forms/onaio__onadata/external_choice_form_v{number}.xlsx"] for number in (1, 2))
    assert len(compare(older, newer)) < 20
