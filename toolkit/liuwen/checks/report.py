"""What a check found, to read in a terminal, a notebook or a program."""

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from liuwen.checks.findings import SEVERITIES, SEVERITY_WORDS, Finding, Severity, place_in_words
from liuwen.checks.grouping import More, grouped
from liuwen.form.display import NO_MATHEMATICS
from liuwen.form.model import Form
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console, ConsoleOptions, RenderResult

_COLOURS = {"error": "#b3261e", "warning": "#8a5a00", "note": "#35618e"}
_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_CELL = "text-align:left;vertical-align:top;overflow-wrap:anywhere;padding:4px 8px"
_HEADINGS = (
    Sentence(zh="程度", en="severity"),
    Sentence(zh="位置与内容", en="where, and what is written"),
    Sentence(zh="问题与改法", en="what is wrong and what to do"),
)
CLEAN = Sentence(zh="{form}：没有发现问题。", en="{form}: no findings.")
SUMMARY = Sentence(
    zh="{form}：{errors} 个错误，{warnings} 个警告，{notes} 个提示。",
    en="{form}: errors: {errors}, warnings: {warnings}, notes: {notes}.",
)


@dataclass(frozen=True, repr=False)
class Report:
    """The result of a check. `all` and `findings` are sorted by place; it prints as a list with errors first, in which findings
    of one kind are gathered, and as a table in a notebook.

    Attributes:
        form: The form that was checked.
    """

    form: Form
    all: tuple[Finding, ...]
    """Every finding, in order: with its sentence in both languages."""

    @property
    def ok(self) -> bool:
        """Whether the form will work: no finding is an error."""
        return all(finding.severity != "error" for finding in self.all)

    def count(self, severity: Severity) -> int:
        """Count findings.

        Args:
            severity: "error", "warning" or "note".

        Returns:
            The number of findings with this severity.
        """
        return self._counts[severity]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(finding.severity for finding in self.all)

    def only(self, *, rules: Collection[str] = (), errors: bool = False) -> "Report":
        r"""Keep some of the findings.

        Args:
            rules: The rules whose findings are kept; by default all.
            errors: Whether to keep errors only.

        Returns:
            A report with these findings alone.

        Example:
            >>> from liuwen.checks import check
            >>> from liuwen.form import read_form
            >>> report = check(read_form(b"| survey |\n| | type | name | label |\n| | texxt | a | A |"))
            >>> report.only(errors=True).findings["rule"].tolist()
            ['unknown-type']
        """
        kept = (finding for finding in self.all if not rules or finding.rule in rules)
        return replace(self, all=tuple(finding for finding in kept if not errors or finding.severity == "error"))

    @property
    def summary(self) -> Sentence:
        """One sentence: how many errors, warnings and notes."""
        said = SUMMARY if self.all else CLEAN
        counts = {f"{severity}s": self.count(severity) for severity in SEVERITIES}
        return said.filled(form=self.form.source or self.form.id, **counts)

    @property
    def findings(self) -> "pd.DataFrame":
        """One row per finding: `severity`, `rule`, `sheet`, `row` (as in the workbook, header = 1), `column` (as
        written), `message`.
        """
        import pandas as pd

        columns = ["severity", "rule", "sheet", "row", "column", "message"]
        frame = pd.DataFrame([finding.as_row() for finding in self.all], columns=columns)
        return frame.astype({"row": "Int64"})

    def to_json(self) -> str:
        """The report as JSON.

        Returns:
            An object with `form`, `ok` and `findings`, the latter with the keys of the table `findings`.
        """
        held = {"form": self.form.source or self.form.id, "ok": self.ok, "findings": [finding.as_row() for finding in self.all]}
        return json.dumps(held, ensure_ascii=False, indent=2)

    def __repr__(self) -> str:
        return f"<Report: {self.summary}>"

    def __str__(self) -> str:
        return "\n".join([*map(str, grouped(self.all)), str(self.summary)])

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        from rich.text import Text

        for finding in grouped(self.all):
            if isinstance(finding, More):
                yield Text(str(finding), style="dim")
                continue
            style = _STYLES[finding.severity]
            yield Text.assemble(
                (f"{SEVERITY_WORDS[finding.severity]} ", style),
                (f"{place_in_words(finding.place)}  ", "bold"),
                str(finding.sentence),
                (f"  [{finding.rule}]", "dim"),
            )
        yield Text(str(self.summary), style="bold red" if not self.ok else "bold green")

    def _repr_html_(self) -> str:
        summary = f"<p><strong>{escape(str(self.summary))}</strong></p>"
        if not self.all:
            return summary
        heading = "".join(f"<th style='{_CELL}'>{escape(str(said))}</th>" for said in _HEADINGS)
        rows = "".join(map(self._html_row, self.all))
        table = f"<table class='{NO_MATHEMATICS}' style='font-size:inherit'>"
        return f"{summary}{table}<thead><tr>{heading}</tr></thead><tbody>{rows}</tbody></table>"

    def _html_row(self, finding: Finding) -> str:
        colour = _COLOURS[finding.severity]
        held = escape(_shortened(self._cell(finding.place)))
        cells = (
            f"<strong style='color:{colour};white-space:nowrap'>{SEVERITY_WORDS[finding.severity]}</strong>",
            f"{escape(str(place_in_words(finding.place)))}{f'<br><code>{held}</code>' if held else ''}",
            f"{escape(str(finding.sentence))}<br><small>{escape(finding.rule)}</small>",
        )
        styles = (_CELL, f"{_CELL};min-width:9em", _CELL)
        return "<tr>" + "".join(f"<td style='{style}'>{cell}</td>" for style, cell in zip(styles, cells, strict=True)) + "</tr>"

    def _cell(self, place: Place) -> str:
        sheet = next((sheet for sheet in self.form.sheets if sheet.name == place.sheet), None)
        if sheet is None or place.column is None or place.column not in sheet.header:
            return ""
        index = sheet.header.index(place.column)
        if place.row is None or place.row < 2 or place.row - 2 >= len(sheet.rows):
            return place.column
        return sheet.rows[place.row - 2][index]


def _shortened(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
