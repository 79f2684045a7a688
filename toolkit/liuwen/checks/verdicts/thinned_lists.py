"""A form with its very long choice lists thinned, so that pyxform and JavaRosa judge it in much less time.

They treat the choices of a list alike. So a few of them represent all where each has a name of its own and plain texts, and
where questions ask of a choice only what some kept choice has: every value of every column that a filter may look at is kept,
and every pattern of blank cells.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from liuwen.checks.facts import Facts, is_searched
from liuwen.expressions import Call, Expression, Path, Text, walk
from liuwen.form.elements import Element
from liuwen.form.headers import TRANSLATED
from liuwen.form.model import Form
from liuwen.form.sheets import Sheet

LONGEST = 1000
"""More choices than this are thinned."""
_UNUSUAL = re.compile(r"\$\{|[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A reference, or what XML cannot hold."""
_BLANK = re.compile(r"\s")

Row = tuple[str, ...]


def with_thinned_lists(facts: Facts) -> Form:
    """The form with a few choices of each long list in place of all; the same form where none can be thinned."""
    sheet = facts.form.sheet("choices")
    if sheet is None or len(sheet.rows) <= LONGEST:
        return facts.form
    columns = facts.form.headers("choices")
    if len(set(columns)) < len(columns) or not {"list_name", "name"} <= {each.column for each in columns}:
        return facts.form
    at = {each.column: number for number, each in enumerate(columns)}
    compared = [number for number, each in enumerate(columns) if each.column not in {"list_name", "name", *TRANSLATED}]
    rows = _rows_of_lists(sheet, at["list_name"])
    dropped: set[int] = set()
    for name, numbers in rows.items():
        if len(numbers) > LONGEST and _asks_nothing_single(facts, name):
            dropped.update(_superfluous(sheet, numbers, at["name"], compared))
    if not dropped:
        return facts.form
    kept = tuple(row for number, row in enumerate(sheet.rows) if number not in dropped)
    thin = replace(sheet, rows=kept)
    return replace(facts.form, sheets=tuple(thin if each is sheet else each for each in facts.form.sheets))


def _rows_of_lists(sheet: Sheet, column: int) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for number, row in enumerate(sheet.rows):
        rows.setdefault(row[column].strip(), []).append(number)
    rows.pop("", None)
    return rows


def _superfluous(sheet: Sheet, numbers: Sequence[int], name: int, compared: Sequence[int]) -> list[int]:
    """The rows that are like others; empty where a name is missing, doubled or unusual."""
    rows = [sheet.rows[number] for number in numbers]
    names = [row[name].strip() for row in rows]
    if "" in names or len(set(names)) < len(names) or _BLANK.search("".join(names)):
        return []
    if any(_UNUSUAL.search("\n".join(row)) for row in rows):
        return []
    seen: set[tuple[int | str, ...]] = set()
    dropped = []
    for number, row in zip(numbers, rows, strict=True):
        shows: set[tuple[int | str, ...]] = {tuple(map(bool, row)), *((column, row[column]) for column in compared)}
        if shows <= seen:
            dropped.append(number)
        seen |= shows
    return dropped


def _asks_nothing_single(facts: Facts, name: str) -> bool:
    """Whether no question and no expression looks for one choice of the list by its name or its label."""
    users = facts.users.get(name, ())
    return bool(users) and all(map(_is_plain, users)) and not any(_looks_up(facts, name)) and not _filters_by_name(facts, users)


def _is_plain(element: Element) -> bool:
    selects = element.type in {"select_one", "select_multiple"}
    return selects and not element.or_other and not is_searched(element) and not element.cell("default")


def _looks_up(facts: Facts, name: str) -> Iterator[bool]:
    for formula in facts.formulas:
        yield formula.tree is None
        yield from (_is_instance(part, name) for part in formula.parts)


def _is_instance(part: Expression, name: str) -> bool:
    match part:
        case Call(function="instance", arguments=(Text(value=looked),)):
            return looked == name
        case Call(function="instance"):
            return True
        case _:
            return False


def _filters_by_name(facts: Facts, users: Sequence[Element]) -> bool:
    """Whether a filter of the list says `name` or `label`, or is anything that cannot be read."""
    cells = (facts.formula_of.get((element.row, "choice_filter")) for element in users if element.cell("choice_filter"))
    return any(cell is None or cell.tree is None or any(map(_says_name, walk(cell.tree))) for cell in cells)


def _says_name(part: Expression) -> bool:
    return isinstance(part, Path) and any(step.name in {"name", "label", "itextId", "*"} for step in part.steps)
