"""Where in the workbook what pyxform says belongs, as far as its words tell."""

import re
from collections.abc import Callable, Iterator

from liuwen.checks.facts import Facts
from liuwen.form.headers import TRANSLATED
from liuwen.form.sheets import Place

_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"(?:On the|in the) '(\w+)' sheet|for sheet: '(\w+)'")
_VALUE = re.compile(r"the '([^']+)' value")
_PARAMETERS = (
    "max-pixels|quality|randomize|seed|track-changes-reasons|track-changes|identify-user|location-priority|"
    "location-min-interval|location-max-age|incremental"
)


def pyxform_place(facts: Facts, said: str) -> Place:
    """The cell that a message names; else its sheet, or no place."""
    if row := _ROW.search(said):
        value = _VALUE.search(said)
        return _written(facts, _sheet(said) or "survey", int(row[1]), value[1] if value else None)
    for pattern, find in _FINDERS:
        found = re.search(pattern, said, re.DOTALL)
        place = find(facts, found) if found else None
        if place:
            return place
    return Place(_sheet(said))


def _sheet(said: str) -> str:
    found = _SHEET.search(said)
    return (found[1] or found[2]) if found else ""


def _written(facts: Facts, sheet: str, row: int, column: str | None) -> Place:
    held = facts.form.sheet(sheet)
    if held and column in held.header:
        return Place(held.name, row, column)
    return facts.place(sheet, row, column)


def _typed(facts: Facts, found: re.Match[str]) -> Place:
    """The row with a type that pyxform does not know."""
    row = next((row for row, cells in facts.rows("survey") if " ".join(cells.get("type", "").split()) == found[1]), None)
    return facts.place("survey", row, "type" if row else None)


def _named(column: str) -> Callable[[Facts, re.Match[str]], Place | None]:
    """A cell of the last element with the name."""

    def find(facts: Facts, found: re.Match[str]) -> Place | None:
        elements = facts.named.get(found[1], ())
        return facts.at(elements[-1], column) if elements else None

    return find


def _of_type(*types: str) -> Callable[[Facts, re.Match[str]], Place | None]:
    """The type cell of the first question of a type."""

    def find(facts: Facts, _: re.Match[str]) -> Place | None:
        return next((facts.at(element, "type") for element in facts.questions if element.type in types), None)

    return find


def _parameter(facts: Facts, found: re.Match[str]) -> Place | None:
    """The parameters cell that speaks of it."""
    mentioning = (element for element in facts.questions if found[1] in element.cell("parameters"))
    return next((facts.at(element, "parameters") for element in mentioning), None)


def _external(facts: Facts, found: re.Match[str]) -> Place | None:
    """The row of a file question of this name, or of a select from the file."""
    for element in reversed(facts.questions):
        if element.name == found[1] and "external" in element.type:
            return facts.at(element, "name")
        if (element.list_name or "").rpartition(".")[0] == found[1]:
            return facts.at(element, "type")
    return None


def _quoting(facts: Facts, found: re.Match[str]) -> Place | None:
    if found[1] == facts.form.root and found[1] in facts.named:
        return facts.at(facts.named[found[1]][0], "name")
    return next((place for place, name in facts.references if name == found[1]), None)


def _counted(facts: Facts, found: re.Match[str]) -> Place | None:
    """What a repeat's own count is named would be taken already."""
    elements = facts.named.get(found[1].removesuffix("_count"), ())
    counted = next((element for element in elements if element.cell("repeat_count")), None)
    return facts.at(counted, "repeat_count") if counted else _named("name")(facts, found)


def _choice(facts: Facts, found: re.Match[str]) -> Place:
    listed = facts.form.choice_lists.get(found[2], ())
    choice = next((choice for choice in listed if choice.name == found[1]), None)
    return facts.place("choices", choice.row if choice else None, "name")


def _language(facts: Facts, found: re.Match[str]) -> Place | None:
    """The first column in a language; "default" is one that names none."""
    wanted = "" if found[1] == "default" else found[1]
    return next((place for language, place in _headers(facts) if language == wanted), None)


def _headers(facts: Facts) -> Iterator[tuple[str, Place]]:
    for name in ("survey", "choices"):
        sheet = facts.form.sheet(name)
        for means, header in zip(facts.form.headers(name), sheet.header if sheet else (), strict=True):
            if means.language or means.column in TRANSLATED:
                yield means.language, Place(sheet.name if sheet else name, None, header)


def _header(facts: Facts, found: re.Match[str]) -> Place | None:
    """The first column that names it."""
    for sheet in facts.form.sheets:
        for header in sheet.header:
            if found[1] in re.split(r":+", header):
                return Place(sheet.name, 1, header)
    return None


def _setting(column: str) -> Callable[[Facts, re.Match[str]], Place | None]:
    return lambda facts, _: facts.place("settings", 2, column)


def _attribute(facts: Facts, found: re.Match[str]) -> Place | None:
    """The first column whose attribute pyxform needs for itself."""
    written = (header.column for header in facts.form.headers("survey") if re.split(r":+", header.column)[-1] == found[1])
    return next((facts.place("survey", 1, column) for column in written), None)


def _other(facts: Facts, _: re.Match[str]) -> Place | None:
    return next((facts.at(element, "type") for element in facts.questions if element.or_other), None)


_FINDERS: tuple[tuple[str, Callable[[Facts, re.Match[str]], Place | None]], ...] = (
    (r"multiple values for (?:keyword )?argument '(\w+)'", _attribute),
    (r"Unknown question type '(.*)'", _typed),
    (r"named 'generated_\w+_name_(\d+)' has no label", lambda facts, found: facts.place("survey", int(found[1]), "label")),
    (r"The '(?:form_)?name' value is invalid", _setting("name")),
    (r"The survey element named '([^']+)' has no label", _named("label")),
    (r"Duplicate column header: (.*)", lambda _, found: Place("survey", 1, found[1])),
    (r"See \[(.*)\] in \[(.*)\]", _choice),
    (r"There should be an external_choices sheet", _of_type("select_one_external")),
    (r"There should be a choices sheet", _of_type("select_one", "select_multiple", "rank")),
    (r"To include location information in the (audit)", _of_type("audit")),
    (r"to use a (seed)", _parameter),
    (rf"\b({_PARAMETERS})\b", _parameter),
    (r"Question '([^']+)' (?:is a select from file|uses 'search)", _named("appearance")),
    (r"image for the survey element named (.+)\.", _named("big-image")),
    (r"calculation trigger for question \$\{(.+?)\}", _named("trigger")),
    (r"survey elements? named '(.+?)'", _quoting),
    (r"The name '(.+?)' was found", _external),
    (r"Instance name: '(.+?)'", _external),
    (r"\[row : unknown\].*'name' value '(.+?)'", _counted),
    (r"Language '(.+?)' is missing", _language),
    (r"machine-readable codes: (.+?)(?:, |\. Learn)", _language),
    (r"Media type: (\S+) not supported", _header),
    (r"Cannot omit instanceID", _setting("omit_instanceid")),
    (r"form_id and id_string column", _setting("form_id")),
    (r"uses or_other and translations", _other),
    (r"different names for the same column were found: '.*?', '(.*?)'", lambda _, found: Place("survey", 1, found[1])),
    (r"similar names were found: '(.+?)'", lambda _, found: Place(found[1])),
)
