"""Honours `# liuwen: ignore=rule` in a row's note column."""

import re
from collections.abc import Iterable, Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Finding

_MARK = re.compile(r"liuwen:\s*ignore\s*=\s*([\w\-]+(?:\s*,\s*[\w\-]+)*)")
NOTE_COLUMNS = frozenset({"note", "notes", "comment", "comments", "remarks", "备注"})
"""Columns for remarks of one's own."""


def without_ignored(facts: Facts, found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings but those that their row asks not to hear; on the settings sheet a mark holds for the whole form."""
    marks = {place: frozenset(rules) for place, (_, rules) in marks_of(facts).items()}
    everywhere = frozenset[str]().union(*(rules for (sheet, _), rules in marks.items() if sheet.lower() == "settings"))
    for finding in found:
        ignored = marks.get((finding.place.sheet, finding.place.row or 0), frozenset()) | everywhere
        if finding.rule not in ignored and "all" not in ignored:
            yield finding


def marks_of(facts: Facts) -> dict[tuple[str, int], tuple[str, list[str]]]:
    """(sheet, row) → the header that a mark stands under, and the rules that it names."""
    marks: dict[tuple[str, int], tuple[str, list[str]]] = {}
    for sheet in facts.form.sheets:
        columns = [index for index, header in enumerate(sheet.header) if header.strip().lower() in NOTE_COLUMNS]
        for number, row in enumerate(sheet.rows if columns else (), start=2):
            for index in columns:
                named = [name for found in _MARK.findall(row[index]) for name in re.split(r"\s*,\s*", found)]
                if named:
                    before = marks.get((sheet.name, number), ("", []))[1]
                    marks[sheet.name, number] = sheet.header[index], [*before, *named]
    return marks
