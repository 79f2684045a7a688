"""Which tables and columns a form's answers make."""

import pytest

from liuwen.errors import AnswerError
from liuwen.form import read_form
from liuwen.responses.plan import MAIN, kind_of, plan_of

VISIT = """
| survey |
| | type | name | label | repeat_count | calculation | default | parameters | note |
| | start | start | | | | | | |
| | audit | audit | | | | | | |
| | csv-external | towns | | | | | | |
| | note | hello | Hello | | | | | |
| | note | sum | Sum | | 1 + 1 | | | |
| | calculate | calc | | | 1 + 1 | | | |
| | select_one few or_other | why | Why? | | | | | |
| | integer | people | People | | | | | |
| | begin repeat | child | Child | ${people} | | | | |
| | text | name | Name | | | | | |
| | begin group | school | School | | | | | |
| | select_multiple few | needs | Needs | | | | | |
| | begin repeat | class | Class | ${people} + 1 | | | | |
| | text | name | Name | | | | | |
| | end repeat | | | | | | | |
| | end group | | | | | | | |
| | end repeat | | | | | | | |
| | begin group | secret | Secret | | | | | liuwen: unlinked |
| | image | photo | Photo | | | | | |
| | text | said | Said | | | | | |
| | begin repeat | again | Again | | | | | |
| | text | more | More | | | | | |
| | end repeat | | | | | | | |
| | end group | | | | | | | |
| | begin group | open | Open | | | | | |
| | image | picture | Picture | | | | | |
| | geopoint | place | Place | | | | | |
| | end group | | | | | | | |
| choices |
| | list_name | name | label |
| | few | a | A |
"""


def columns(form_text: str) -> dict[str, list[str]]:
    return {
        name: [column.name for column in table.columns] for name, table in plan_of(read_form(form_text.encode())).tables.items()
    }


def test_each_repeat_and_each_section_kept_apart_is_a_table_in_the_forms_order() -> None:
    """A note without a value and a list are no columns; a count with a formula of its own, and "other", are."""
    assert columns(VISIT) == {
        MAIN: ["start", "audit", "sum", "calc", "why", "why_other", "people", "picture", "place"],
        "child": ["child/name", "needs", "class_count"],
        "class": ["child/school/class/name"],
        "secret": ["said"],
        "again": ["more"],
    }


def test_tables_know_their_parents_and_what_is_kept_apart() -> None:
    """A repeat inside a section that is kept apart is kept apart too, and its pictures are withheld."""
    tables = plan_of(read_form(VISIT.encode())).tables
    assert {name: (table.parent, table.unlinked) for name, table in tables.items()} == {
        MAIN: (None, False),
        "child": (MAIN, False),
        "class": ("child", False),
        "secret": (MAIN, True),
        "again": ("secret", True),
    }
    assert {name: [each.name for each in table.withheld] for name, table in tables.items() if table.withheld} == {
        "secret": ["photo"]
    }


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("people", "people"),
        ("child/name", "child/name"),
        ("child/school/needs", "needs"),
        ("needs", "needs"),
        ("name", "child/name"),
        ("child/school/class_count", "class_count"),
    ],
)
def test_a_column_is_found_by_its_name_its_path_or_its_questions_name(question: str, name: str) -> None:
    """The first where several questions share the name."""
    plan = plan_of(read_form(VISIT.encode()))
    assert plan.column(question).name == name
    assert plan.column(plan.column(question).element) is plan.column(question)


@pytest.mark.parametrize("question", ["", "hello", "towns", "photo", "school", "没有", "child/needs"])
def test_a_question_without_a_column_is_a_clear_error(question: str) -> None:
    """With the name that was asked for."""
    with pytest.raises(AnswerError) as told:
        plan_of(read_form(VISIT.encode())).column(question)
    assert told.value.sentence.zh == f"表单中没有名为“{question}”的问题。"


def test_questions_named_like_system_columns_get_a_slash() -> None:
    """And those of a table that is called like the main one."""
    form = """
| survey |
| | type | name | label |
| | text | key | Key |
| | text | instance_id | ID |
| | text | sent_by | Who |
| | begin repeat | submissions | Again |
| | text | parent_key | Above |
| | end repeat | | |
"""
    assert columns(form) == {
        MAIN: ["/key", "/instance_id", "/sent_by"],
        "/submissions": ["/submissions/parent_key"],
    }


def test_a_path_that_a_faulty_form_uses_twice_is_one_column() -> None:
    """The first of the two questions."""
    form = read_form(b"| survey |\n| | type | name | label |\n| | text | q | One |\n| | integer | q | Two |\n")
    (column,) = plan_of(form).tables[MAIN].columns
    assert (column.name, column.kind) == ("q", "text")


@pytest.mark.parametrize(
    ("type", "kind"),
    [
        ("text", "text"),
        ("barcode", "text"),
        ("select_one few", "choice"),
        ("select_multiple few", "choices"),
        ("rank few", "choices"),
        ("integer", "integer"),
        ("decimal", "decimal"),
        ("range", "integer"),
        ("date", "date"),
        ("today", "date"),
        ("dateTime", "datetime"),
        ("start", "datetime"),
        ("time", "text"),
        ("geopoint", "geopoint"),
        ("geotrace", "text"),
        ("image", "text"),
        ("acknowledge", "text"),
        ("calculate", "text"),
    ],
)
def test_each_question_type_has_its_column_kind(type: str, kind: str) -> None:
    """Anything that is not typed is a text."""
    form = read_form(f"| survey |\n| | type | name | label |\n| | {type} | q | Q |\n".encode())
    assert kind_of(form["q"]) == kind


@pytest.mark.parametrize(("step", "kind"), [("1", "integer"), ("0.5", "decimal")])
def test_a_range_holds_decimals_where_its_steps_do(step: str, kind: str) -> None:
    """Else whole numbers."""
    form = read_form(
        f"| survey |\n| | type | name | label | parameters |\n| | range | q | Q | start=1 end=5 step={step} |\n".encode()
    )
    assert kind_of(form["q"]) == kind


@pytest.mark.parametrize(
    ("count", "own"),
    [("", False), ("${people}", False), ("${num-people}", False), ("3", True), ("${people} + 1", True), ("${a} + ${b}", True)],
)
def test_a_count_is_a_column_where_it_is_worked_out(count: str, own: bool) -> None:
    """A plain reference is a question already."""
    rows = [f"| | begin repeat | r | R | {count} |", "| | text | t | T | |", "| | end repeat | | | |"]
    form = "\n".join(["| survey |", "| | type | name | label | repeat_count |", *rows])
    assert columns(form)[MAIN] == (["r_count"] if own else [])
