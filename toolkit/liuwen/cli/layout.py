"""Lays out help texts: headings in the current language, and lines in which a Chinese character takes two columns."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

import click

from liuwen.messages import Sentence

USAGE = Sentence(zh="用法：", en="Usage: ")
HEADING = Sentence(zh="{heading}：", en="{heading}:")
HEADINGS = {
    "Options": Sentence(zh="选项", en="Options"),
    "Commands": Sentence(zh="命令", en="Commands"),
}
REQUIRED = Sentence(zh="必填", en="required")
DEFAULT = Sentence(zh="默认 {value}", en="default: {value}")
JOINED = Sentence(zh="；", en="; ")

_REMARK = re.compile(r"  \[([^\[\]]+)\]$")
_DEFAULT = re.compile(r"default: (.+)")
_NOT_FIRST = "，。；：、！？）”》…"
"""Punctuation that must not start a line."""


class BilingualFormatter(click.HelpFormatter):
    """Help with headings in the current language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, str(USAGE))

    def write_heading(self, heading: str) -> None:
        """Write a heading such as "Options"."""
        self.write(f"{'':>{self.current_indent}}{HEADING.filled(heading=HEADINGS.get(heading, heading))}\n")

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        for line in wrapped(text, self.width - self.current_indent):
            self.write(f"{'':>{self.current_indent}}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names in one column, and descriptions in another."""
        listed = [(name, with_remark(said)) for name, said in rows]
        first = min(max((width_of(name) for name, _ in listed), default=0), col_max) + col_spacing
        for name, said in listed:
            self.write(f"{'':>{self.current_indent}}{name}")
            fits = width_of(name) <= first - col_spacing
            self.write(" " * (first - width_of(name)) if fits else f"\n{'':>{first + self.current_indent}}")
            lines = wrapped(said, max(self.width - first - self.current_indent, 20))
            self.write(f"\n{'':>{first + self.current_indent}}".join(lines) + "\n")


def width_of(text: str) -> int:
    """The number of terminal columns of a text.

    >>> width_of("库 STORE")
    8
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def wrapped(text: str, width: int) -> list[str]:
    """Wrap a text to `width` columns, at spaces and between Chinese characters.

    >>> wrapped("设计问卷，检查它能不能用。Design a form.", 14)
    ['设计问卷，检查', '它能不能用。', 'Design a form.']
    """
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width_of(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def unbroken(text: str) -> list[str]:
    """The parts of a text that stand on one line.

    >>> unbroken("修水渠，by 3 May")
    ['修', '水', '渠，', 'by', '3', 'May']
    """
    return [piece.strip() for piece in _pieces(text)] or [""]


def _pieces(text: str) -> Iterator[str]:
    """Unbreakable parts: a word with the following space, or a Chinese character with its punctuation."""
    yield from re.findall(
        rf"[\u2e80-\uffef][{_NOT_FIRST}]*\s*|[^\s\u2e80-\uffef]+[{_NOT_FIRST}]*\s*|\s+", " ".join(text.split(" "))
    )


def with_remark(said: str) -> str:
    """Click's note at the end of an option's help ("[default: 1; x>=1]"), in the current language."""
    remark = _REMARK.search(said)
    if remark is None:
        return said
    parts = [_translated(part) for part in remark[1].split("; ")]
    return f"{said[: remark.start()]}  [{str(JOINED).join(parts)}]"


def _translated(part: str) -> str:
    default = _DEFAULT.fullmatch(part)
    if default:
        return str(DEFAULT.filled(value=default[1]))
    return str(REQUIRED) if part == "required" else part
