"""A column such as `instance::tag` that makes the conversion fall over."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
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
_COLUMN = re.compile(r"(?P<part>instance|bind|body|control)\s*::?\s*(?P<name>.*)", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(r"[^\W\d][\w.\-]*(:[^\W\d][\w.\-]*)*|jr:\w+")
_TAKEN = {"instance": {"tag"}, "bind": {"tag", "nodeset"}, "body": {"tag", "ref"}, "control": {"tag", "ref"}}


def unusable_attribute(facts: Facts) -> Iterator[Fault]:
    """Whatever follows the colons becomes an attribute of the XForm."""
    brackets = {row for row, *_ in facts.brackets}
    for header in facts.form.headers("survey"):
        found = _COLUMN.fullmatch(header.column)
        if found is None:
            continue
        part, name = found["part"].lower(), found["name"].strip()
        rows = [row for row, cells in facts.rows("survey") if cells.get(header.column)]
        if part == "instance" and name == "tag":
            rows = [row for row in rows if row in brackets]
        if not rows:
            continue
        place = facts.place("survey", 1, header.column)
        if not _NAME.fullmatch(name.replace("::", ":")):
            yield error(place, NO_NAME.filled(header=header.column, name=name))
        elif name in _TAKEN[part]:
            yield error(place, TAKEN.filled(header=header.column, name=name, row=rows[0]))
