"""Filled interviews of a small form with every kind of question, and the same as other servers hand them over."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest

from liuwen.form import read_form
from liuwen.form.model import Form
from liuwen.responses import MAIN, Responses, read_responses

FORM = """
| survey | | | | | | |
| | type | name | label::English (en) | label::中文 (zh) | choice_filter | relevant |
| | start | start | | | | |
| | text | place | Place | 地点 | | |
| | geopoint | spot | Spot | 位置 | | |
| | geotrace | path | Path | 路线 | | |
| | dateTime | at | At | 时刻 | | |
| | integer | size | How many? | 几口人？ | | |
| | decimal | rent | Rent | 租金 | | ${size} > 1 |
| | date | day | Day | 日期 | | |
| | time | hour | Hour | 钟点 | | |
| | select_one side | side | Side | 方位 | | |
| | select_one town | town | Town | 镇 | side=${side} | |
| | begin group | wish | Wishes | 愿望 | | |
| | select_multiple thing | wanted | Wanted | 想要 | | |
| | text | wanted_1 | What of the first? | 为什么？ | | |
| | rank thing | order | Order | 次序 | | |
| | end group | | | | | |
| | begin repeat | person | Person | 人 | | |
| | text | called | Called | 姓名 | | |
| | integer | years | Years | 岁 | | |
| | select_multiple thing | needs | Needs | 需要 | | |
| | end repeat | | | | | |
| choices | | | | | |
| | list_name | name | label::English (en) | label::中文 (zh) | side |
| | side | n | North | 北 | |
| | side | s | South | 南 | |
| | side | dk | Don't know | 不知道 | |
| | town | n1 | Centre | 中心 | n |
| | town | s1 | Centre | 中心 | s |
| | thing | 1 | Safe water | 饮水 | |
| | thing | 2 | Road, bridge | 路，桥 | |
| | thing | -9 | Don't know | 不知道 | |
| settings | | | | | |
| | form_id | version | form_title | |
| | house | 2 | Houses | |
"""
HEAD = '<data xmlns:orx="http://openrosa.org/xforms" id="house" version="2">'
FIRST = (
    "<start>2024-03-05T09:00:00.123+08:00</start><place>=1+1 湖滨</place><spot>30.5 120.25 4 12.5</spot>"
    "<path>30.5 120.25 0 0;30.6 120.35 0 0</path><at>2024-03-05T09:00:00.000+08:00</at><size>4</size><rent>1234.5</rent>"
    "<day>2024-03-05</day><hour>09:05:00.000+08:00</hour><side>n</side><town>n1</town>"
    "<wish><wanted>2 1</wanted><wanted_1>for the field</wanted_1><order>2 -9 1</order></wish>"
    "<person><called>Li</called><years>40</years><needs>1 2</needs></person>"
    "<person><called>Wang</called><years/><needs>-9</needs></person>"
)
SECOND = (
    "<start>2024-03-06T09:00:00.000+08:00</start><place>x</place><spot/><path/><at/><size>1</size><day/><hour/><side>s</side>"
    "<town>s1</town><wish><wanted/><wanted_1/><order/></wish><person><called>Wu</called><years>3</years><needs/></person>"
)
THIRD = (
    "<start>2024-03-07T09:00:00.000+08:00</start><place/><spot/><path/><at/><size/><day/><hour/><side>dk</side><town/>"
    "<wish><wanted/><wanted_1/><order/></wish>"
)


REPEATS = frozenset({"person", "member", "matter"})
"""Of the small form and of the household interview."""


@pytest.fixture(scope="package")
def house() -> Form:
    return read_form(FORM.encode())


@pytest.fixture(scope="package")
def documents() -> list[bytes]:
    meta = "<orx:meta><orx:instanceID>uuid:{}</orx:instanceID></orx:meta></data>"
    return [(HEAD + answers + meta.format(number)).encode() for number, answers in enumerate((FIRST, SECOND, THIRD), 1)]


@pytest.fixture(scope="package")
def houses(house, documents) -> Responses:
    return read_responses(documents, house)


def kobo(documents: list[bytes]) -> dict:
    """As KoboToolbox's API gives them: flat paths, repeats as lists."""
    roots = [_plain(xml) for xml in documents]
    return {"results": [_kobo_record(root, "") | {"__version__": root.get("version")} for root in roots]}


def central(documents: list[bytes]) -> dict:
    """As Central's OData gives them with $expand=*: groups as objects, positions as they are in the XML."""
    records = []
    for xml in documents:
        root = _plain(xml)
        records.append(
            {"__id": root.findtext("meta/instanceID"), **_central_record(root), "__system": {"formVersion": root.get("version")}}
        )
    return {"value": records}


def surveycto(responses: Responses) -> pd.DataFrame:
    """As SurveyCTO's wide CSV: a column a member, a column a choice."""
    main = responses.table
    columns: dict[str, list[object]] = {"KEY": list(main.index), "formdef_version": list(main["form_version"])}
    for column in responses.plan.tables[MAIN].columns:
        parts = zip(*(main[head] for head in column.heads), strict=True)
        columns[column.element.name] = [None if pd.isna(part[0]) else _cell(part) for part in parts]
    for name, table in responses.plan.tables.items():
        if table.parent == MAIN and not table.unlinked:
            columns = _wide(responses, name) | columns
    return pd.DataFrame(columns)


def _wide(responses: Responses, repeat: str) -> dict[str, list[object]]:
    """The columns of a repeat: how often it was answered, and those of the first, of the second, and so on."""
    rows = responses[repeat]
    groups = [rows[rows["parent_key"] == key] for key in responses.table.index]
    columns: dict[str, list[object]] = {f"{repeat}_count": [len(group) for group in groups]}
    for number in range(max(map(len, groups))):
        for column in responses.plan.tables[repeat].columns:
            cells = [
                tuple(group[head].iloc[number] for head in column.heads) if number < len(group) else (None,) for group in groups
            ]
            texts = [None if pd.isna(cell[0]) else _cell(cell) for cell in cells]
            columns[f"{column.element.name}_{number + 1}"] = texts
    return columns


def _plain(xml: bytes) -> ET.Element:
    root = ET.fromstring(xml)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _kobo_record(node: ET.Element, prefix: str) -> dict:
    record: dict = {}
    for child in node:
        path = f"{prefix}{child.tag}"
        if child.tag in REPEATS:
            record.setdefault(path, []).append(_kobo_record(child, f"{path}/"))
        elif len(child):
            record.update(_kobo_record(child, f"{path}/"))
        elif child.text:
            record[path] = child.text
    return record


def _central_record(node: ET.Element) -> dict:
    record: dict = {}
    for child in node:
        if child.tag in REPEATS:
            record.setdefault(child.tag, []).append(_central_record(child))
        elif child.tag != "instanceID":
            record[child.tag] = _central_record(child) if len(child) else child.text
    return record


def _cell(parts: tuple[object, ...]) -> object:
    if len(parts) > 1:
        return " ".join(map(str, parts))
    return parts[0].isoformat() if isinstance(parts[0], pd.Timestamp) else str(parts[0])


def saved(content: dict, path: Path) -> Path:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path
