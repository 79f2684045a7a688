"""Tables in a terminal: columns side by side, as wide as the terminal allows, a cell that is too long on several lines.

Each text is measured and broken into lines once, however many rows show it: a town's ledger has thousands of rows and few texts.
"""

from collections.abc import Sequence
from itertools import zip_longest

from liuwen.cli.layout import unbroken, width_of, wrapped

GAP = 2
"""Spaces between two columns."""


def table_rows(columns: Sequence[Sequence[str]], right_aligned: Sequence[bool], width: int) -> list[str]:
    """The rows of a table as they are printed.

    Args:
        columns: The texts of each column, its heading first; all of one length.
        right_aligned: Whether a column is aligned to the right.
        width: How many columns the terminal has.

    Returns:
        The rows, the headings first, each on as many lines as its longest cell needs. The widest columns are narrowed first,
        and no text is cut.

    >>> table_rows([["村", "湖滨"], ["count", "7"]], [False, True], 40)
    ['村    count', '湖滨      7']
    """
    texts = [list(dict.fromkeys(column)) for column in columns]
    natural = [max(width_of(line) for text in held for line in text.splitlines() or [""]) for held in texts]
    words = [max(width_of(word) for text in held for word in unbroken(text)) for held in texts]
    widths = narrowed(natural, words, width - GAP * (len(columns) - 1))
    cells = [_cells(texts, given, right=right) for texts, given, right in zip(columns, widths, right_aligned, strict=True)]
    blanks = [" " * given for given in widths]
    return [_row(row, blanks) for row in zip(*cells, strict=True)]


def narrowed(widths: Sequence[int], words: Sequence[int], room: int) -> list[int]:
    """The widths of columns that fit into `room` columns: the widest are made equally narrow.

    Args:
        widths: How wide the columns would be.
        words: How wide the longest word of each is; it is broken only where there is no room otherwise.
        room: How many columns there are.

    >>> narrowed([4, 30, 12], [4, 6, 10], 40), narrowed([4, 30, 12], [4, 6, 10], 21), narrowed([4, 4], [4, 4], 1)
    ([4, 24, 12], [4, 7, 10], [1, 1])
    """
    for least in (words, [1] * len(widths)):
        for most in range(max(widths), 0, -1):
            given = [min(width, max(most, word)) for width, word in zip(widths, least, strict=True)]
            if sum(given) <= room:
                return given
    return [1] * len(widths)


def folded(text: str, width: int) -> list[str]:
    """A text on lines of at most `width` columns; a word that is longer than a line is broken.

    >>> folded("2026-07-V03-007", 8), folded("修水渠，等材料", 8)
    (['2026-07-', 'V03-007'], ['修水渠，', '等材料'])
    """
    lines = [part for line in text.splitlines() for part in wrapped(line, width)]
    return [part for line in lines for part in _broken(line, width)] or [""]


def _cells(texts: Sequence[str], width: int, *, right: bool) -> list[list[str]]:
    """The lines of each text of a column, filled up to its width."""
    lines = {text: [_filled(line, width, right=right) for line in folded(text, width)] for text in dict.fromkeys(texts)}
    return [lines[text] for text in texts]


def _filled(line: str, width: int, *, right: bool) -> str:
    blank = " " * (width - width_of(line))
    return blank + line if right else line + blank


def _row(row: Sequence[Sequence[str]], blanks: Sequence[str]) -> str:
    """A row's lines; blanks stand below a cell that has fewer than the others."""
    lines = []
    for parts in zip_longest(*row):
        filled = (blank if part is None else part for part, blank in zip(parts, blanks, strict=True))
        lines.append((" " * GAP).join(filled).rstrip())
    return "\n".join(lines)


def _broken(line: str, width: int) -> list[str]:
    parts, held, used = list[str](), "", 0
    for letter in line:
        wide = width_of(letter)
        if held and used + wide > width:
            parts.append(held)
            held, used = "", 0
        held, used = held + letter, used + wide
    return [*parts, held]
