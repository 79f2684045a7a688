r"""A form as Markdown tables: pyxform's dialect, and a way to write in it what a Markdown cell cannot hold.

    | survey |
    |        | type | name    | label    |
    |        | text | village | Village? |

A pipe is written `\|`. Line breaks, and spaces at a cell's ends, are written as character references (`&#10;`), and a literal
`&#` as `&#38;#`, so that no character is lost. `&#;` is a blank cell, for a header row that would otherwise be blank.
"""

import re
from collections.abc import Iterable, Iterator

from liuwen.form.sheets import Sheet

_COMMENT = re.compile(r"^\s*#")
_COMMENT_AT_END = re.compile(r"^(.*)(#[^|]+)$")
_ROW = re.compile(r"\s*\|(.*)\|\s*$")
_RULE = re.compile(r"^[\|\-:\s]*-[\|\-:\s]*$")
_PIPE = re.compile(r"(?<!\\)\|")
_REFERENCE = re.compile(r"&#(\d{0,7});")
_BLANK = "&#;"


def is_markdown(text: str) -> bool:
    """Whether the first line that is neither blank nor a comment is a table row."""
    first = next((line for line in text.split("\n") if line.strip() and not _COMMENT.match(line)), "")
    return bool(_ROW.match(first))


def read_markdown(text: str) -> list[Sheet]:
    r"""The sheets in Markdown tables: a non-empty first cell names a sheet, the next row is its header.

    >>> read_markdown("| survey |\n| | type | name |\n| | text | village |")[0].rows
    (('text', 'village'),)
    """
    tables: dict[str, list[list[str]]] = {}
    table: list[list[str]] | None = None
    for cells in _rows(text):
        if cells[0]:
            table = tables.setdefault(_plain(cells[0]), [])
            table.clear()
            if any(cells[1:]):
                table.append(cells[1:])
        elif table is not None and (table or any(cells[1:])):
            table.append(cells[1:])
    return [_sheet(name, rows) for name, rows in tables.items()]


def write_markdown(sheets: Iterable[Sheet]) -> str:
    """The sheets as aligned Markdown tables; `read_markdown` returns the same sheets."""
    return "\n".join(line for sheet in sheets for line in [f"| {_escaped(sheet.name)} |", *_lines(sheet), ""])


def _rows(text: str) -> Iterator[list[str]]:
    for line in text.split("\n"):
        if _COMMENT.match(line):
            continue
        at_end = _COMMENT_AT_END.match(line)
        row = _ROW.match(at_end[1] if at_end else line)
        if row and not _is_rule(row[1]):
            yield [cell.strip().replace("\\|", "|") for cell in _PIPE.split(row[1])]


def _is_rule(inside: str) -> bool:
    """Whether a row is a separator such as `|---|:---:|`."""
    return bool(_RULE.match(inside)) and all(not cell.strip() or len(cell.strip()) > 2 for cell in inside.split("|"))


def _sheet(name: str, rows: list[list[str]]) -> Sheet:
    plain = [[_plain(cell) for cell in row] for row in rows]
    return Sheet.of(name, plain[0] if plain else [], plain[1:])


def _plain(cell: str) -> str:
    return _REFERENCE.sub(lambda match: _character(match[1]), cell) if "&#" in cell else cell


def _character(number: str) -> str:
    return chr(int(number)) if number and int(number) <= 0x10FFFF else ""


def _lines(sheet: Sheet) -> Iterator[str]:
    if not sheet.header:
        return
    header = [_escaped(cell) for cell in sheet.header]
    if not any(header):
        header[0] = _BLANK
    grid = [header, *([_escaped(cell) for cell in row] for row in sheet.rows)]
    widths = [min(max(map(len, column)), 40) for column in zip(*grid, strict=True)]
    for row in grid:
        yield "| | " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"


def _escaped(cell: str) -> str:
    text = cell.replace("&#", "&#38;#").replace("\n", "&#10;").replace("|", "\\|")
    inner = text.strip()
    if len(inner) < len(text):
        start = text.index(inner) if inner else len(text)
        text = _references(text[:start]) + inner + _references(text[start + len(inner) :])
    return _references(text[0]) + text[1:] if len(text) > 2 and not text.strip("-:") else text


def _references(characters: str) -> str:
    return "".join(f"&#{ord(character)};" for character in characters)
