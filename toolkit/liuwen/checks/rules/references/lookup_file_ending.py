"""A file that `pulldata()` names with its ending."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import Call, Text
from liuwen.messages import Sentence

ENDING = Sentence(
    zh="pulldata() 里的文件名不带 .csv，否则用别的工具转换后，服务器会要“{file}.csv”：请写成 pulldata('{stem}', …)。",
    en="pulldata() names its file without .csv, otherwise servers ask for “{file}.csv” once another tool has converted the form; "
    "write pulldata('{stem}', …).",
)


def lookup_file_ending(facts: Facts) -> Iterator[Fault]:
    """The conversion adds the ending to what it declares; Collect takes it off again, and so does an interview."""
    for formula in facts.formulas:
        for part in formula.parts:
            match part:
                case Call(function="pulldata", arguments=(Text(value=name), *_)) if name.strip().lower().endswith(".csv"):
                    file = name.strip()
                    yield warning(formula.place, ENDING.filled(file=file, stem=re.sub(r"(?i)\.csv$", "", file)))
                case _:
                    pass
