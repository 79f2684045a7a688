"""Turns a questionnaire written with the builder into the sheets of a form."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from liuwen.form.elements import Kind
from liuwen.form.model import Form
from liuwen.form.sheets import Sheet

Texts = Mapping[str, str]
"""One wording: language code → text."""

LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "zh": "中文 (zh)",
        "en": "English (en)",
        "bo": "བོད་ཡིག (bo)",
        "ug": "ئۇيغۇرچە (ug)",
        "mn": "Монгол (mn)",
        "ar": "العربية (ar)",
        "es": "Español (es)",
        "fr": "Français (fr)",
        "hi": "हिन्दी (hi)",
        "id": "Bahasa Indonesia (id)",
        "lo": "ລາວ (lo)",
        "ne": "नेपाली (ne)",
        "pt": "Português (pt)",
        "ru": "Русский (ru)",
        "sw": "Kiswahili (sw)",
        "vi": "Tiếng Việt (vi)",
    }
)
"""Language codes and their names in columns; other languages are given by their full name, "Deutsch (de)"."""

_SURVEY_COLUMNS = (
    "type name label hint guidance_hint required required_message relevant constraint constraint_message choice_filter "
    "appearance parameters calculation trigger default read_only repeat_count image big-image audio video autoplay save_to note"
).split()
_CHOICE_COLUMNS = "list_name name label image big-image audio video".split()


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list: the stored value, its wordings, and further cells."""

    value: str
    wordings: Mapping[str, Texts]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Options:
    """A choice list; the same object can serve several questions.

    Attributes:
        name: The name of the list.
        options: The choices, in order.
    """

    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FileOptions:
    """Choices in an attached file.

    Attributes:
        file: The file's name.
        value: The column with the stored values.
        label: The column with the labels.
    """

    file: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class EntityList:
    """One row of the entities sheet.

    Attributes:
        columns: The cells of the row by column.
    """

    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One question, group or repeat, as the builder's functions return it.

    Attributes:
        kind: "question", "group" or "repeat".
        type: The XLSForm type.
        name: The name.
        columns: Cells that are not translated, by column.
        wordings: Translated cells: column → language code → text.
        options: The choice list of a select or rank.
        items: What a group or repeat contains.
    """

    kind: Kind
    type: str
    name: str
    columns: Mapping[str, str] = field(default_factory=dict)
    wordings: Mapping[str, Texts] = field(default_factory=dict)
    options: Options | FileOptions | str | None = None
    items: tuple["Item", ...] = ()

    def walk(self) -> Iterator["Item"]:
        """The item and everything in it.

        Returns:
            An iterator over items, in the order of the form.
        """
        yield self
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything a form is built from, before it is checked and laid out."""

    items: tuple[Item, ...]
    lists: Mapping[str, Options]
    entities: tuple[EntityList, ...]
    settings: Mapping[str, str]
    languages: Mapping[str, str]
    """Language code → its name in columns."""

    def walk(self) -> Iterator[Item]:
        """Every question, group and repeat, in order."""
        for item in self.items:
            yield from item.walk()


def language_columns(codes: Sequence[str]) -> dict[str, str]:
    """Language code → column name, for codes ("zh") or whole names ("Deutsch (de)").

    >>> language_columns(["zh", "Deutsch (de)"])
    {'zh': '中文 (zh)', 'de': 'Deutsch (de)'}
    """
    return {_code(written): LANGUAGE_NAMES.get(written, written) for written in codes}


def _code(written: str) -> str:
    _, bracket, rest = written.rpartition("(")
    return rest.rstrip(") ") if bracket else written


def lay_out(draft: Draft, media: Mapping[str, bytes]) -> Form:
    """The form with the draft in its sheets: only used columns, in the customary order."""
    survey = _sheet("survey", list(_survey_rows(draft)), _SURVEY_COLUMNS)
    choices = _sheet("choices", list(_choice_rows(draft)), _CHOICE_COLUMNS)
    settings = _sheet("settings", [dict(draft.settings)], list(draft.settings))
    entities = _sheet("entities", [dict(entity.columns) for entity in draft.entities], ["list_name", "label"])
    sheets = tuple(sheet for sheet in (survey, choices, settings, entities) if sheet.rows)
    return Form(sheets, MappingProxyType(dict(media)))


def _survey_rows(draft: Draft) -> Iterator[dict[str, str]]:
    for item in draft.items:
        yield from _rows_of(item, draft.languages)


def _rows_of(item: Item, languages: Mapping[str, str]) -> Iterator[dict[str, str]]:
    cells = {**item.columns, **_worded(item.wordings, languages)}
    if item.kind == "question":
        yield {"type": _type_cell(item), "name": item.name, **cells}
        return
    yield {"type": f"begin_{item.kind}", "name": item.name, **cells}
    for inner in item.items:
        yield from _rows_of(inner, languages)
    yield {"type": f"end_{item.kind}", "name": item.name}


def _type_cell(item: Item) -> str:
    if isinstance(item.options, FileOptions):
        return f"{item.type}_from_file {item.options.file}"
    name = item.options.name if isinstance(item.options, Options) else item.options
    return f"{item.type} {name}" if name else item.type


def _worded(wordings: Mapping[str, Texts], languages: Mapping[str, str]) -> dict[str, str]:
    return {
        f"{column}::{name}": texts[code]
        for column, texts in wordings.items()
        for code, name in languages.items()
        if texts.get(code)
    }


def _choice_rows(draft: Draft) -> Iterator[dict[str, str]]:
    for options in draft.lists.values():
        for option in options.options:
            wordings = _worded(option.wordings, draft.languages)
            yield {"list_name": options.name, "name": option.value, **wordings, **option.columns}


def _sheet(name: str, rows: list[dict[str, str]], order: Sequence[str]) -> Sheet:
    header = _ordered(dict.fromkeys(column for row in rows for column, cell in row.items() if cell), order)
    return Sheet.of(name, header, [[row.get(column, "") for column in header] for row in rows])


def _ordered(columns: Iterable[str], order: Sequence[str]) -> list[str]:
    place = {column: number for number, column in enumerate(order)}
    return sorted(columns, key=lambda column: place.get(column.partition("::")[0], len(place)))
