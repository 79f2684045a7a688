"""Whatever a form asks and whatever is answered, the tables say exactly what the XML said."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from xml.sax.saxutils import escape

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from liuwen.form import builder as b
from liuwen.responses import MAIN, read_responses

CHOICES = b.choices("list", ("a", "甲", "A"), ("b", "乙", "B"), ("c", "丙", "C"))
NOT_ASKED, BLANK = "not asked", "blank"

texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda text: not text.isspace())
floats = st.floats(-1e9, 1e9)
ANSWERS = {
    "text": (lambda name: b.text(name, zh="问", en="Q"), texts, str, str),
    "integer": (lambda name: b.integer(name, zh="问", en="Q"), st.integers(-(2**63), 2**63 - 1), str, int),
    "decimal": (lambda name: b.decimal(name, zh="问", en="Q"), floats, repr, float),
    "date": (
        lambda name: b.date(name, zh="问", en="Q"),
        st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)),
        dt.date.isoformat,
        pd.Timestamp,
    ),
    "select_one": (lambda name: b.select_one(name, CHOICES, zh="问", en="Q"), st.sampled_from("abc"), str, str),
    "select_multiple": (
        lambda name: b.select_multiple(name, CHOICES, zh="问", en="Q"),
        st.lists(st.sampled_from("abc"), min_size=1, unique=True),
        " ".join,
        " ".join,
    ),
}


@dataclass
class Node:
    """A question ("" kind: a group, "*": a repeat) with what stands in it."""

    name: str
    kind: str
    inside: list["Node"] = field(default_factory=list)

    def item(self) -> b.Item:
        if self.kind == "":
            return b.group(self.name, zh="组", en="Group", items=[node.item() for node in self.inside])
        if self.kind == "*":
            return b.repeat(self.name, zh="组", en="Repeat", items=[node.item() for node in self.inside])
        return ANSWERS[self.kind][0](self.name)


@st.composite
def nodes(draw, depth: int = 0) -> list[Node]:
    kinds = [*ANSWERS, *(("", "*") if depth < 3 else ())]
    drawn = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=4))
    return [Node("", kind, draw(nodes(depth + 1)) if kind in {"", "*"} else []) for kind in drawn]


def name_all(inside: list[Node], numbers: Iterator[int]) -> None:
    for node in inside:
        node.name = f"n{next(numbers)}"
        name_all(node.inside, numbers)


Row = dict[str, object]


def fill(draw, inside: list[Node], tables: dict[str, dict[str, Row]], table: str, key: str) -> Iterator[str]:
    """Draws answers below one row; gives their XML, and writes down what the tables must hold."""
    row = tables[table].setdefault(key, {})
    for node in inside:
        if node.kind == "":
            yield f"<{node.name}>{''.join(fill(draw, node.inside, tables, table, key))}</{node.name}>"
        elif node.kind == "*":
            for number in range(1, draw(st.integers(0, 3)) + 1):
                below = "".join(fill(draw, node.inside, tables, node.name, f"{key}/{node.name}[{number}]"))
                yield f"<{node.name}>{below}</{node.name}>"
        else:
            _, values, written, read = ANSWERS[node.kind]
            state = draw(st.sampled_from((NOT_ASKED, BLANK, "answered", "answered")))
            value = draw(values) if state == "answered" else None
            row[node.name] = state if value is None else read(value)
            if state != NOT_ASKED:
                yield f"<{node.name}>{escape(written(value)) if value is not None else ''}</{node.name}>"


def repeats_in(inside: list[Node]) -> Iterator[Node]:
    for node in inside:
        if node.kind == "*":
            yield node
        yield from repeats_in(node.inside)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_tables_say_what_the_xml_said(data):
    """Every kind of question at any depth of groups and repeats: answered, blank and not asked."""
    inside = data.draw(nodes())
    name_all(inside, count())
    form = b.build_form("made_up", zh="表", en="Form", version="1", items=[node.item() for node in inside])
    tables: dict[str, dict[str, Row]] = {MAIN: {}, **{node.name: {} for node in repeats_in(inside)}}
    given_xml = []
    for number in range(data.draw(st.integers(1, 3))):
        key = f"uuid:{number}"
        answers = "".join(fill(data.draw, inside, tables, MAIN, key))
        given_xml.append(f'<data id="made_up" version="1">{answers}<meta><instanceID>{key}</instanceID></meta></data>'.encode())
    responses = read_responses(given_xml, form)
    assert responses.rejected.empty
    assert responses.unknown.empty
    for name, rows in tables.items():
        table = responses[name]
        assert list(table.index) == list(rows)
        for question in {question for row in rows.values() for question in row}:
            expected = [row.get(question, NOT_ASKED) for row in rows.values()]
            assert responses.asked(question).tolist() == [value != NOT_ASKED for value in expected]
            found = [BLANK if pd.isna(value) else value for value in table[question]]
            assert found == [BLANK if value in {NOT_ASKED, BLANK} else value for value in expected]
