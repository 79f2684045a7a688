"""What came of a spreadsheet: the events it gives, and what could not be placed, by row, with its reason."""

from dataclasses import dataclass, field
from html import escape

import pandas as pd

from liuwen.campaign.incoming.vocabulary import role_name
from liuwen.messages import Sentence

PLACED = Sentence(
    zh="读到 {rows} 行：放入台账 {placed} 行（事项 {matters} 个，步骤 {steps} 个），放不进的 {left} 行。",
    en="Rows read: {rows}. Placed: {placed} (matters {matters}, steps {steps}). Not placed: {left}.",
)
CELLS = Sentence(zh="另有 {count} 格内容没有用上，逐条列在下面。", en="Cells that could not be used: {count}, listed below.")
LINE = Sentence(zh="{sheet}第 {row} 行“{column}”（{text}）：{why}", en="{sheet}row {row}, {column} ({text}): {why}")
LINE_ONLY = Sentence(zh="{sheet}第 {row} 行：{why}", en="{sheet}row {row}: {why}")
LINE_ALIKE = Sentence(
    zh="{sheet}第 {rows} 行（共 {count} 行）“{column}”：{why}", en="{sheet}rows {rows} (in all {count}), {column}: {why}"
)
ALIKE, MOST_ROWS = 3, 12
"""More equal remarks than this are combined in one line, which names this many rows."""
OF_SHEET = Sentence(zh="工作表“{sheet}”", en="sheet “{sheet}”, ")
READ_AS = Sentence(zh="认出的列：{columns}。", en="Columns read: {columns}.")
LEFT_OUT = Sentence(zh="没有用的列：{columns}。", en="Columns not used: {columns}.")
HEADINGS = {
    "sheet": Sentence(zh="工作表", en="sheet"),
    "row": Sentence(zh="行", en="row"),
    "column": Sentence(zh="列", en="column"),
    "text": Sentence(zh="内容", en="text"),
    "why": Sentence(zh="原因", en="why"),
}


@dataclass(frozen=True, slots=True)
class SheetRemark:
    """One thing said of a row of a sheet; `column` and `text` are "" where it is of the whole row."""

    sheet: str
    row: int
    column: str
    text: str
    why: Sentence
    whole_row: bool = False

    def __str__(self) -> str:
        sheet = OF_SHEET.filled(sheet=self.sheet) if self.sheet else ""
        said = LINE if self.column else LINE_ONLY
        return str(said.filled(sheet=sheet, row=self.row, column=self.column, text=self.text, why=self.why))


@dataclass(frozen=True, repr=False)
class IncomingLedger:
    """What a spreadsheet gives: `events` for the campaign, and all remarks on it.

    `rows = placed + rows not placed`, always; blank rows and repeated headings are no rows.
    """

    events: pd.DataFrame = field(repr=False)
    """A row a step: `event, matter, step, on, known, by, village, household, class, title, deadline, note, reason, ...`."""
    rows: int
    placed: int
    told: tuple[SheetRemark, ...]
    noticed: tuple[SheetRemark, ...]
    columns: pd.DataFrame = field(repr=False)
    """The columns recognised: `sheet, heading, means`."""
    unused: tuple[tuple[str, str, Sentence], ...] = field(repr=False)
    """The columns not used: sheet, heading, why."""

    @property
    def ignored(self) -> pd.DataFrame:
        """The columns not used: `sheet, heading, why`."""
        rows = [(sheet, heading, str(why)) for sheet, heading, why in self.unused]
        return pd.DataFrame(rows, columns=["sheet", "heading", "why"])

    @property
    def not_placed(self) -> pd.DataFrame:
        """What could not be placed, rows and single cells: `sheet, row, column, text, why`."""
        return _frame(self.told)

    @property
    def remarks(self) -> pd.DataFrame:
        """What was placed, and how it was understood where that was not plain: `sheet, row, column, text, why`."""
        return _frame(self.noticed)

    @property
    def summary(self) -> Sentence:
        """How many rows were read, placed and not placed."""
        matters = self.events["matter"].nunique() if len(self.events) else 0
        left = self.rows - self.placed
        said = PLACED.filled(rows=self.rows, placed=self.placed, matters=matters, steps=len(self.events), left=left)
        cells = sum(not one.whole_row for one in self.told)
        if not cells:
            return said
        more = CELLS.filled(count=cells)
        return Sentence(zh=said.zh + more.zh, en=f"{said.en} {more.en}")

    def __repr__(self) -> str:
        return f"<IncomingLedger: {self.summary}>"

    def __str__(self) -> str:
        pairs = zip(self.columns["heading"], self.columns["means"], strict=True)
        read = [
            Sentence(zh=f"{heading}（{role_name(means).zh}）", en=f"{heading} ({role_name(means).en})")
            for heading, means in pairs
        ]
        lines = [str(self.summary), str(READ_AS.filled(columns=_said_together(read)))]
        if self.unused:
            out = [Sentence(zh=f"{heading}（{why.zh}）", en=f"{heading} ({why.en})") for _, heading, why in self.unused]
            lines.append(str(LEFT_OUT.filled(columns=_said_together(out))))
        return "\n".join([*lines, *_lines(self.told), *_lines(self.noticed)])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(line)}</li>" for line in str(self).splitlines()[1:])
        return f"<p><strong>{escape(str(self.summary))}</strong></p><ul>{items}</ul>"


def _lines(remarks: tuple[SheetRemark, ...]) -> list[str]:
    """One line per remark; a remark shared by several rows is written once, with their numbers."""
    groups: dict[tuple[str, str, Sentence], list[SheetRemark]] = {}
    for one in remarks:
        groups.setdefault((one.sheet, one.column, one.why), []).append(one)
    lines: list[str] = []
    for (sheet, column, why), group in groups.items():
        if len(group) <= ALIKE:
            lines += map(str, group)
            continue
        rows = [str(one.row) for one in group[:MOST_ROWS]] + (["…"] if len(group) > MOST_ROWS else [])
        named = Sentence(zh="、".join(rows), en=", ".join(rows))
        where = OF_SHEET.filled(sheet=sheet) if sheet else ""
        lines.append(str(LINE_ALIKE.filled(sheet=where, rows=named, count=len(group), column=column, why=why)))
    return lines


def _said_together(said: list[Sentence]) -> Sentence:
    unique = list(dict.fromkeys(said))
    return Sentence(zh="、".join(one.zh for one in unique), en=", ".join(one.en for one in unique))


def _frame(remarks: tuple[SheetRemark, ...]) -> pd.DataFrame:
    rows = [(one.sheet, one.row, one.column, one.text, str(one.why)) for one in remarks]
    return pd.DataFrame(rows, columns=list(HEADINGS))
