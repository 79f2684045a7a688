"""What a rule says, and what a report keeps of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from liuwen.messages import Language, Sentence

if TYPE_CHECKING:
    from liuwen.checks.facts import Facts
    from liuwen.form.sheets import Place

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
SEVERITY_WORDS = {
    "error": Sentence(zh="错误", en="error"),
    "warning": Sentence(zh="警告", en="warning"),
    "note": Sentence(zh="提示", en="note"),
}
AT_SHEET = Sentence(zh="{sheet} 表", en="{sheet}")
AT_ROW = Sentence(zh="{sheet} 表第 {row} 行", en="{sheet} row {row}")
AT_COLUMN = Sentence(zh="{sheet} 表“{column}”列", en="{sheet} column {column}")
AT_CELL = Sentence(zh="{sheet} 表第 {row} 行“{column}”列", en="{sheet} row {row}, {column}")
LINE = Sentence(zh="{severity} [{rule}] {where}：{said}", en="{severity} [{rule}] {where}: {said}")
NOWHERE = Sentence(zh="整份问卷", en="the whole form")


class Fault(NamedTuple):
    """What a rule yields: how grave it is, where it stands, and what to say of it."""

    severity: Severity
    place: "Place"
    sentence: Sentence


Rule = Callable[["Facts"], Iterator[Fault]]
"""A rule reads the facts of a form and yields what it finds wrong; its function's name is the rule's."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a check.

    Attributes:
        severity: "error", "warning" or "note".
        rule: The rule that found it, such as "unused-list", or "pyxform" or "javarosa".
        place: Where it is in the workbook.
        sentence: What is wrong and what to do, in both languages.
    """

    severity: Severity
    rule: str
    place: "Place"
    sentence: Sentence

    def __str__(self) -> str:
        where = place_in_words(self.place)
        return str(LINE.filled(severity=SEVERITY_WORDS[self.severity], rule=self.rule, where=where, said=self.sentence))

    def as_row(self, language: Language | None = None) -> dict[str, str | int | None]:
        """The finding as plain values.

        Args:
            language: The language of the message; by default the one in force.

        Returns:
            `severity`, `rule`, `sheet`, `row`, `column` and `message`.
        """
        message = self.sentence.in_language(language) if language else str(self.sentence)
        place = self.place
        return {
            "severity": self.severity,
            "rule": self.rule,
            "sheet": place.sheet,
            "row": place.row,
            "column": place.column,
            "message": message,
        }


def error(place: "Place", sentence: Sentence) -> Fault:
    """It will not work, or will lose or garble answers."""
    return Fault("error", place, sentence)


def warning(place: "Place", sentence: Sentence) -> Fault:
    """It is probably wrong."""
    return Fault("warning", place, sentence)


def note(place: "Place", sentence: Sentence) -> Fault:
    """It could be better."""
    return Fault("note", place, sentence)


def place_in_words(place: "Place") -> Sentence:
    """The place as one says it: "survey row 7, relevant"."""
    if not place.sheet:
        return NOWHERE
    said = {(0, 0): AT_SHEET, (0, 1): AT_COLUMN, (1, 0): AT_ROW, (1, 1): AT_CELL}[place.row is not None, place.column is not None]
    return said.filled(sheet=place.sheet, row=place.row, column=place.column)
