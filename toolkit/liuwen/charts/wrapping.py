"""Long labels in few lines: Chinese breaks between any two characters but punctuation, Latin between words."""

import re
from unicodedata import east_asian_width

_PIECES = re.compile(r"[一-鿿぀-ヿ][、，。；：！？）】》”]*|\s+|[^\s一-鿿぀-ヿ]+")
_EM = 13


def wrapped(label: str, pixels: int, *, lines: int = 3, newline: str = "<br>") -> str:
    """The label in at most so many lines of so many pixels at 13 px type, cut with "…" where it is longer.

    >>> wrapped("老人照料、日间照料中心", 91)
    '老人照料、日间<br>照料中心'
    >>> wrapped("Care for the old; a day centre", 91, lines=2)
    'Care for the<br>old; a day…'
    """
    rows, row = [], ""
    for piece in _PIECES.findall(label):
        if row and text_width(row + piece.rstrip()) > pixels:
            rows.append(row.rstrip())
            row = ""
        row += piece if row else piece.lstrip()
    rows.append(row.rstrip())
    if len(rows) <= lines:
        return newline.join(rows)
    return newline.join([*rows[: lines - 1], rows[lines - 1].rstrip("、，；; ") + "…"])


def text_width(text: str) -> float:
    """About how wide a text is at 13 px type, in pixels."""
    return sum(_EM if east_asian_width(letter) in "WF" else _EM * 0.53 for letter in text)
