"""A column such as `instance::tag` that makes the conversion fall over."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.form.headers import COLUMNS, TRANSLATED
from liuwen.messages import Sentence

TAKEN = Sentence(
    zh="“{header}”列里的“{name}”是 pyxform 自己要用的，填在第 {row} 行会使转换失败：请换一个属性名，或清空这一列。",
    en="pyxform needs “{name}” for itself, so the column “{header}”, filled in row {row}, makes the conversion fail; use another "
    "attribute, or clear the column.",
)
NO_NAME = Sentence(
    zh="“{header}”列里的“{name}”不能作 XML 属性的名称：请只用字母、数字、下划线和连字符。",
    en="“{name}” in the column “{header}” cannot be the name of an XML attribute; use only letters, digits, _ and -.",
)
NO_PARTS = Sentence(
    zh="“{header}”列里的“{column}”不能再分成几部分，填在第 {row} 行会使转换失败：请把列名改成“{column}”，或另取一个列名。",
    en="“{column}” cannot be split as in the column “{header}”, which, filled in row {row}, makes the conversion fail; rename it "
    "to “{column}”, or to a name of its own.",
)
_WHOLE = COLUMNS["survey"] - TRANSLATED - {"note", "rows", "query"}
_COLUMN = re.compile(r"(?P<part>instance|bind|body|control)\s*::?\s*(?P<name>.*)", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(r"[^\W\d][\w.\-]*(:[^\W\d][\w.\-]*)*|jr:\w+")
_TAKEN = {
    "instance": {"tag"},
    "bind": {"tag", "nodeset"},
    "body": {"tag", "ref", "nodeset"},
    "control": {"tag", "ref", "nodeset"},
}


def unusable_attribute(facts: Facts) -> Iterator[Fault]:
    """Whatever follows the colons becomes an attribute of the XForm."""
    ends = {row for row, _, opens, _ in facts.brackets if not opens}
    for header in facts.form.headers("survey"):
        found = _COLUMN.fullmatch(header.column)
        if found is None:
            yield from _split(facts, header.column)
            continue
        part, name = found["part"].lower(), found["name"].strip()
        filled = [row for row, cells in facts.rows("survey") if cells.get(header.column) and row not in ends]
        rows = [row for row in filled if row in _harmful(facts, part, name, filled)]
        if not rows:
            continue
        place = facts.place("survey", 1, header.column)
        if not _NAME.fullmatch(name.replace("::", ":")):
            yield error(place, NO_NAME.filled(header=header.column, name=name))
        elif name in _TAKEN[part]:
            yield error(place, TAKEN.filled(header=header.column, name=name, row=rows[0]))


def _harmful(facts: Facts, part: str, name: str, rows: list[int]) -> list[int]:
    """A tag of the instance does harm on groups and repeats alone, a nodeset of the body on repeats alone."""
    if (part, name) == ("instance", "tag"):
        return [row for row, *_ in facts.brackets]
    if name == "nodeset" and part != "bind":
        return [element.row for element in facts.elements if element.kind == "repeat"]
    return rows


def _split(facts: Facts, header: str) -> Iterator[Fault]:
    """`parameters::x`: pyxform takes two colons for a part of the column, which is then no text."""
    column, colons, _ = header.partition("::")
    filled = next((row for row, cells in facts.rows("survey") if cells.get(header)), None) if colons else None
    if filled and column.strip().lower() in _WHOLE:
        place = facts.place("survey", 1, header)
        yield error(place, NO_PARTS.filled(header=header, column=column.strip().lower(), row=filled))
