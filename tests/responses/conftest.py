"""A small visit form with every kind of question, and its submissions as XML."""

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator

import pandas as pd
import pytest

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.responses import MAIN, Column, Responses

NEEDS = b.choices("needs", ("water", "饮水", "Water"), ("road", "道路", "Road"), ("school", "入学", "School"))
YES_NO = b.choices("yes_no", ("yes", "是", "Yes"), ("no", "否", "No"))


@pytest.fixture(scope="session")
def visit() -> Form:
    return b.build_form(
        "visit",
        zh="走访",
        en="Visit",
        version="2",
        items=[
            b.text("village", zh="哪个村？", en="Which village?"),
            b.date("visit_date", zh="哪天？", en="Which day?"),
            b.geopoint("place", zh="在哪里？", en="Where?"),
            b.select_one("consent", YES_NO, zh="同意吗？", en="Do you agree?"),
            b.group(
                "difficulties",
                zh="困难",
                en="Difficulties",
                relevant="${consent} = 'yes'",
                items=[
                    b.select_multiple("needs", NEEDS, zh="有什么困难？", en="What is difficult?"),
                    b.integer("people", zh="家里几口人？", en="How many people?"),
                    b.decimal("income", zh="收入多少？", en="What income?"),
                ],
            ),
            b.repeat(
                "member",
                zh="家庭成员",
                en="Member",
                items=[
                    b.text("called", zh="姓名？", en="What name?"),
                    b.repeat("illness", zh="疾病", en="Illness", items=[b.text("disease", zh="什么病？", en="Which?")]),
                ],
            ),
            b.group(
                "appraisal",
                zh="评价",
                en="Appraisal",
                relevant="${consent} = 'yes'",
                note="liuwen: unlinked",
                items=[
                    b.select_one("fair", YES_NO, zh="公道吗？", en="Are they fair?"),
                    b.text("why", zh="为什么？", en="Why?"),
                    b.image("proof", zh="照片？", en="A photo?"),
                ],
            ),
        ],
    )


@pytest.fixture(scope="session")
def submission() -> Callable[..., bytes]:
    """Writes one submission: its answers as XML, its instance ID, and what else its root and meta say."""

    def write(answers: str, instance_id: str = "uuid:1", *, form_id: str = "visit", version: str = "2", meta: str = "") -> bytes:
        told = f'<data xmlns:orx="http://openrosa.org/xforms" id="{form_id}" version="{version}">{answers}'
        return f"{told}<orx:meta><orx:instanceID>{instance_id}</orx:instanceID>{meta}</orx:meta></data>".encode()

    return write


Leaf = tuple[str, str, str, str]
"""Table, row key, path and text of one value in a submission."""


@pytest.fixture(scope="session")
def leaves() -> Callable[[bytes, Responses, str], list[Leaf]]:
    """Every value of a submission, found with the standard library alone, and the row it belongs to."""

    def find(xml: bytes, responses: Responses, instance_id: str) -> list[Leaf]:
        text = re.sub(rb"(</?|\s)(?:orx|entities|n0|jr):", rb"\1", xml)  # some declare no prefix, and none matters here
        root = ET.fromstring(re.sub(rb'\sxmlns(:\w+)?="[^"]*"', b"", text))
        repeats = {t.element.path: t.name for t in responses.plan.tables.values() if t.element and t.element.kind == "repeat"}
        return list(_leaves(root, (), MAIN, instance_id, repeats))

    return find


def _leaves(node: ET.Element, path: tuple[str, ...], table: str, key: str, repeats: dict[tuple[str, ...], str]) -> Iterator[Leaf]:
    counts: Counter[str] = Counter()
    for child in node:
        below = (*path, child.tag)
        if below in repeats:
            counts[child.tag] += 1
            name = repeats[below]
            yield from _leaves(child, below, name, f"{key}/{name}[{counts[child.tag]}]", repeats)
        elif len(child):
            yield from _leaves(child, below, table, key, repeats)
        elif child.text and child.text.strip():
            yield table, key, "/".join(below), child.text


@pytest.fixture(scope="session")
def assert_value_for_value(leaves) -> Callable[[bytes, Responses], None]:
    """Each value of the one submission stands in its row and column, or in `unknown`; and nothing else stands anywhere."""

    def check(xml: bytes, responses: Responses) -> None:
        instance_id = str(responses.table.index[0])
        known = {
            column.path if column.element.type != "audit" else "meta/audit": column
            for table in responses.plan.tables.values()
            for column in table.columns
        }
        unknown = sorted(responses.unknown[["table", "key", "field", "value"]].itertuples(index=False, name=None))
        entities = set(responses.entities["label"].dropna())
        filled = 0
        for table, key, path, text in leaves(xml, responses, instance_id):
            if path in OF_THE_SUBMISSION:
                continue
            if "meta/entity" in path:
                assert text in entities
            elif path in known and (table, key, known[path].path, text) not in unknown:
                row = responses[table].loc[key]
                assert _said(known[path], row) == READ[known[path].kind](text), path
                filled += 1
            else:
                unknown.remove((table, key, path, text))
        assert unknown == []
        heads = {c.heads[0]: t.name for t in responses.plan.tables.values() for c in t.columns}
        assert filled == sum(int(responses[table][head].notna().sum()) for head, table in heads.items())

    return check


OF_THE_SUBMISSION = {"meta/instanceID", "meta/instanceName", "meta/deprecatedID", "formhub/uuid", "__version__"}


def _said(column: Column, row: pd.Series) -> object:
    values = [row[head] for head in column.heads]
    return tuple(None if pd.isna(value) else value for value in values) if column.kind == "geopoint" else values[0]


READ = {
    "geopoint": lambda text: (*(float(part) for part in text.split()), None, None)[:4],
    "integer": int,
    "decimal": float,
    "date": pd.Timestamp,
    "datetime": lambda text: pd.Timestamp(dt.datetime.fromisoformat(text)).tz_convert("UTC"),
    "choices": lambda text: " ".join(text.split()),
    "choice": str.strip,
    "text": str,
}


@pytest.fixture(scope="session")
def assert_same_responses() -> Callable[[Responses, Responses], None]:
    """All that two readings say, to the last type and category."""

    def check(read: Responses, told: Responses) -> None:
        frames = ("rejected", "unknown", "entities", "submissions", "audit", "edits")
        assert [str(note) for note in read.notes] == [str(note) for note in told.notes]
        assert (dict(read.counts), read.synthetic) == (dict(told.counts), told.synthetic)
        assert list(read.tables) == list(told.tables)
        for name in told.tables:
            pd.testing.assert_frame_equal(read[name], told[name])
            pd.testing.assert_frame_equal(read._asked[name], told._asked[name])
        for name in frames:
            pd.testing.assert_frame_equal(getattr(read, name), getattr(told, name))

    return check
