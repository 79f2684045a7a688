"""Choice lists, in the form or in a file, and entity lists."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from liuwen.form.builder.building import EntityList, FileOptions, Option, Options
from liuwen.form.builder.items import cell_text, in_every_language
from liuwen.form.builder.options import Cell
from liuwen.form.headers import TRANSLATED


def choices(name: str, *options: tuple[object, ...], **columns: Sequence[Cell]) -> Options:
    """A choice list.

    Args:
        name: The name of the list.
        *options: One tuple per choice: `(value, zh, en)`, or `(value, {code: text})` for other languages. A mapping at
            the end gives further columns (for choice filters), and `image` or `audio` for its media.
        **columns: Further columns, one value per choice, in order.

    Returns:
        The list, to be passed to `select_one`, `select_multiple` or `rank`.

    Example:
        >>> towns = choices("village", ("wan", "湾里", "Wanli", {"town": "east"}), ("po", "坡上", "Poshang", {"town": "west"}))
        >>> towns.options[0].columns["town"]
        'east'
    """
    made = [_option(option, {key: values[place] for key, values in columns.items()}) for place, option in enumerate(options)]
    return Options(name, tuple(made))


def _option(written: tuple[object, ...], columns: Mapping[str, Cell]) -> Option:
    value, *rest = written
    if rest and isinstance(rest[0], Mapping):
        texts, further = dict(rest[0]), rest[1:]
    else:
        worded = [part for part in rest if not isinstance(part, Mapping)]
        texts, further = dict(zip(("zh", "en"), map(str, worded), strict=False)), rest[len(worded) :]
    cells = {**(further[0] if further and isinstance(further[0], Mapping) else {}), **columns}
    media = {column: cell for column, cell in cells.items() if column in TRANSLATED}
    plain = {column: cell_text(cell) for column, cell in cells.items() if column not in TRANSLATED}
    every_language = {column: in_every_language(cell, texts) for column, cell in media.items()}
    return Option(cell_text(value), MappingProxyType({"label": texts, **every_language}), MappingProxyType(plain))


def from_file(file: str, *, value: str = "name", label: str = "label") -> FileOptions:
    """Choices from a file that travels with the form, or from an entity list.

    Args:
        file: The file's name, such as "villages.csv".
        value: The column with the stored values.
        label: The column with the labels.

    Returns:
        The choices, to be passed to `select_one` or `select_multiple`.
    """
    return FileOptions(file, value, label)


def entity_list(list_name: str, *, label: str, **columns: str) -> EntityList:
    """An entity list that the form writes to.

    Args:
        list_name: The name of the entity list.
        label: An expression for the label of the entity.
        **columns: Other expressions: `entity_id`, `create_if`, `update_if`.

    Returns:
        A row of the entities sheet, for `build_form(entities=...)`.
    """
    return EntityList(MappingProxyType({"list_name": list_name, "label": label, **columns}))
