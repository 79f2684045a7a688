"""Numbers as people and spreadsheets write them, in the style that their own column shows: 1,234 and 3,5 and １２.

A separator means what every number of the column allows it to mean. Where more than one reading is left, as for a lone "1,234" of
a question that takes fractions, the numbers are kept as written and reported.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping

_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SEPARATED = re.compile(r"[+-]?[0-9][0-9.,]*")
_SPACES = re.compile(r"(?<=[0-9])[ \u00a0\u202f'’](?=[0-9]{3}(?![0-9]))")
_WIDE = str.maketrans({"−": "-", "－": "-", "＋": "+", "，": ",", "．": ".", "٫": ".", "٬": ","})
_STYLES = ((",", "."), (".", ","))
"""What groups digits, and what begins a fraction."""


def plain_numbers(texts: Collection[str], *, whole: bool) -> Mapping[str, str]:
    """Each different text of a column → the number as XML would write it; texts that are no such number are left out.

    >>> plain_numbers(["3,5", "12"], whole=False), plain_numbers(["1,234"], whole=True), plain_numbers(["1,234"], whole=False)
    ({'3,5': '3.5', '12': '12'}, {'1,234': '1234'}, {})
    """
    numbers = {text: narrow(text) for text in texts}
    if all(_PLAIN.fullmatch(number) or not _SEPARATED.fullmatch(number) for number in numbers.values()):
        return {text: number for text, number in numbers.items() if _PLAIN.fullmatch(number)}
    separated = [number for number in numbers.values() if _SEPARATED.fullmatch(number) and {*number} & {*",."}]
    column = _styles(separated, whole=whole)
    found = {}
    for text, number in numbers.items():
        if not {*number} & {*",."} and _PLAIN.fullmatch(number):
            found[text] = number
        elif _SEPARATED.fullmatch(number):
            styles = column or _styles([number], whole=whole)  # a column of both styles: each number for itself
            if len(styles) == 1:
                group, point = styles[0]
                found[text] = number.replace(group, "").replace(point, ".")
    return found


def narrow(text: str) -> str:
    """Digits of any script as 0-9, full-width signs as plain ones, no spaces between groups of three digits.

    >>> narrow("１２"), narrow("12 500")
    ('12', '12500')
    """
    stripped = text.strip()
    if not stripped.isascii():
        plain = stripped.translate(_WIDE)
        stripped = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)
    return _SPACES.sub("", stripped)


def _styles(numbers: Collection[str], *, whole: bool) -> list[tuple[str, str]]:
    return [style for style in _STYLES if all(_reads(number, *style, whole=whole) for number in numbers)]


def _reads(number: str, group: str, point: str, *, whole: bool) -> bool:
    grouped = rf"[+-]?(?:[0-9]+|[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+)"
    fraction = rf"(?:{re.escape(point)}(?:0{{0,2}}|0{{4,}}))?" if whole else rf"(?:{re.escape(point)}[0-9]*)?"
    return re.fullmatch(grouped + fraction, number) is not None
