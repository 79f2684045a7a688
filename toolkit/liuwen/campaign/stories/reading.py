"""A story file, Markdown or .xlsx: which programme, what is changed, the tables, and what is expected."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path as File
from typing import Any

import pandas as pd

from liuwen.errors import CampaignError, ReadError
from liuwen.messages import Sentence

NOT_FOUND = Sentence(zh="没有文件 {file}。请检查路径。", en="There is no file {file}. Check the path.")
NOT_A_STORY = Sentence(zh="{file} 不是故事文件：应为 .md 或 .xlsx。", en="{file} is no story: a story is a .md or an .xlsx file.")
NOT_A_WORKBOOK = Sentence(zh="{file} 打不开，不是完好的 .xlsx。", en="{file} cannot be opened: it is not a sound .xlsx.")
NOT_TEXT = Sentence(zh="{file} 不是 UTF-8 文字。请用 UTF-8 另存。", en="{file} is not a UTF-8 text. Save it again as UTF-8.")
NO_PROGRAMME = Sentence(
    zh="{file} 没有写用哪个方案。请在标题下写一行“programme: hubin”。",
    en='{file} does not say which programme it is for. Write a line such as "programme: hubin" under the title.',
)
RAGGED = Sentence(
    zh="{file} 第 {line} 行有 {cells} 格，表头有 {columns} 格。请补齐或去掉多余的“|”。",
    en='{file} line {line} has {cells} cells, its header {columns}. Add what is missing, or take a "|" out.',
)
WORDS = ("programme", "from", "to", "year", "change")
_WORD = re.compile(r"^(\w+)\s*[:：]\s*(.*?)\s*$")


@dataclass(frozen=True)
class StoryTable:
    """A table of a story: its rows as they stand, and the line (or the row of the sheet) of each."""

    frame: pd.DataFrame
    lines: tuple[int, ...]


@dataclass(frozen=True)
class TownStory:
    """A story as it is written."""

    file: File
    title: str
    words: Mapping[str, str]
    tables: Mapping[str, StoryTable] = field(repr=False)

    @property
    def programme(self) -> str | File:
        """The programme's name, or its path if a file of that name is in the story's folder."""
        name = self.words["programme"]
        beside = self.file.parent / name
        return beside if beside.is_file() else name

    @property
    def change(self) -> str:
        """The TOML that is joined to the programme: the story's own days, and its change."""
        days = {"begins": self.words.get("from", ""), "ends": self.words.get("to", "")}
        return "".join(f'{key} = "{day}"\n' for key, day in days.items() if day) + self.words.get("change", "")


def read_story(path: str | File, programme: str = "") -> TownStory:
    """Read a story; raises `ReadError` or `CampaignError` if it is invalid. `programme` is used if the file names none."""
    file = File(path)
    if not file.is_file():
        raise ReadError(NOT_FOUND.filled(file=file))
    if file.suffix.lower() not in (".md", ".xlsx"):
        raise ReadError(NOT_A_STORY.filled(file=file))
    title, words, tables = _from_markdown(file) if file.suffix.lower() == ".md" else _from_workbook(file)
    words["programme"] = programme or words.get("programme", "")
    if not words["programme"]:
        raise CampaignError(NO_PROGRAMME.filled(file=file.name))
    return TownStory(file, title, words, tables)


Parts = tuple[str, dict[str, str], dict[str, StoryTable]]


def _from_markdown(file: File) -> Parts:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ReadError(NOT_TEXT.filled(file=file)) from None
    title, words, tables = file.stem, dict[str, str](), dict[str, StoryTable]()
    for heading, section in _sections(lines):
        if heading == "change":
            words["change"] = _fenced(section)
        elif heading:
            tables[heading] = _table(section, file)
        else:
            title = next((text[2:].strip() for _, text in section if text.startswith("# ")), title)
            found = (_WORD.match(text) for _, text in section)
            words |= {word[1]: word[2] for word in found if word and word[1] in WORDS}
    return title, words, tables


def _sections(lines: list[str]) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    heading, section = "", list[tuple[int, str]]()
    for number, text in enumerate(lines, start=1):
        if text.startswith("## "):
            yield heading, section
            heading, section = text[3:].strip(), []
        else:
            section.append((number, text))
    yield heading, section


def _fenced(section: list[tuple[int, str]]) -> str:
    inside, held = False, list[str]()
    for _, text in section:
        if text.lstrip().startswith("```"):
            inside = not inside
        elif inside:
            held.append(text)
    return "\n".join(held) + "\n"


def _table(section: list[tuple[int, str]], file: File) -> StoryTable:
    rows = [(number, _cells(text)) for number, text in section if text.lstrip().startswith("|")]
    if not rows:
        return StoryTable(pd.DataFrame(), ())
    header = rows[0][1]
    body = [(number, cells) for number, cells in rows[1:] if not all(re.fullmatch(r":?-+:?", cell) for cell in cells)]
    for number, cells in body:
        if len(cells) != len(header):
            raise CampaignError(RAGGED.filled(file=file.name, line=number, cells=len(cells), columns=len(header)))
    frame = pd.DataFrame([cells for _, cells in body], columns=header, dtype=object)
    return StoryTable(frame, tuple(number for number, _ in body))


def _cells(text: str) -> list[str]:
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", text.strip().strip("|"))]


def _from_workbook(file: File) -> Parts:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(file))
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except CalamineError:
        raise ReadError(NOT_A_WORKBOOK.filled(file=file)) from None
    told = {str(row[0]).strip(): _plain(row[1]) for row in sheets.pop("story", []) if len(row) > 1}
    words = {word: text for word, text in told.items() if word in WORDS}
    tables = {name: _sheet(rows) for name, rows in sheets.items()}
    return told.get("title", file.stem), words, tables


def _sheet(rows: list[list[Any]]) -> StoryTable:
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(_plain(cell) for cell in row)]
    if not filled:
        return StoryTable(pd.DataFrame(), ())
    header = [_plain(cell) for cell in filled[0][1]]
    kept = [at for at, name in enumerate(header) if name]
    body = filled[1:]
    cells = [[_plain(row[at]) if at < len(row) else "" for at in kept] for _, row in body]
    return StoryTable(pd.DataFrame(cells, columns=[header[at] for at in kept], dtype=object), tuple(number for number, _ in body))


def _plain(cell: Any) -> str:
    """A cell as it would stand in a Markdown table."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
