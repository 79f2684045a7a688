"""Texts that a program on the way read in the wrong encoding: garbled, or with characters lost."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from liuwen.messages import Sentence
from liuwen.responses.from_exports.grid import Grid

GARBLED = Sentence(
    zh="这些列里有乱码（{fields}）：原文是 UTF-8，被当作 {encoding} 读过。照原样载入；请从原处重新导出为 UTF-8。",
    en="Columns with garbled texts ({fields}): UTF-8 that was once read as {encoding}. Loaded as they stand; export the file "
    "again as UTF-8.",
)
LOST = Sentence(
    zh="这些列里有的字已经丢失（{fields}），只剩“?”或“�”，无法恢复。照原样载入；请从原处重新导出为 UTF-8。",
    en="Columns whose texts lost characters ({fields}): only “?” or “�” is left, which cannot be undone. Loaded as they "
    "stand; export the file again as UTF-8.",
)
_HEADERS = Sentence(zh="表头", en="its headers")
_CJK = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
_ENCODINGS = {"cp1252": "Windows-1252", "gb18030": "GB 18030", "mac_roman": "Mac Roman"}
_BYTES = {chr(number): number for number in range(256)}
_BYTES |= {sign: number for number in range(256) if (sign := bytes([number]).decode("cp1252", "ignore"))}
"""Windows-1252 as programs read it, and Latin-1: bytes without a character of their own are control characters."""
_WRITTEN = re.compile(r"[\u00c0-\u017f\u0370-\u1fff\u3000-\ud7ff\uf900-\uffef]")
_SIGNS_OF_LOSS = re.compile("�|锟斤拷")
_ONLY_MARKS = re.compile(r"\?{3,}")
_MARKED = 3
"""How many different texts with two question marks together are no longer what somebody typed."""
_HIGH_SIGNS = 2
"""How many characters of the original make sure that it is one."""
_EXPLAINED = 0.6
"""The least share of the bytes above ASCII that must be letters of the original."""
_LOOKED_AT = 500
_MANY = 5


def damaged_texts(grids: Iterable[Grid]) -> Iterator[Sentence]:
    """A sentence for each sheet and kind of damage, with the columns that have it."""
    for grid in grids:
        found: dict[str, list[Sentence]] = {}
        if kind := _damage(grid.header):
            found[kind] = [_HEADERS]
        for header, column in zip(grid.header, grid.columns, strict=True):
            if kind := _damage(column.different):
                found.setdefault(kind, []).append(Sentence(zh=header, en=header))
        for kind, fields in found.items():
            sentence = GARBLED if kind in _ENCODINGS else LOST
            yield sentence.filled(fields=_listed(fields), encoding=_ENCODINGS.get(kind, ""))


def _listed(fields: Sequence[Sentence]) -> Sentence:
    more = ["…"] if len(fields) > _MANY else []
    return Sentence(
        zh="、".join([each.zh for each in fields[:_MANY]] + more), en=", ".join([each.en for each in fields[:_MANY]] + more)
    )


def _damage(cells: Iterable[Any]) -> str | None:
    """The encoding that a column's texts were taken for, "lost", or None."""
    texts = [cell for cell in islice(cells, _LOOKED_AT) if isinstance(cell, str)]
    high = [text for text in texts if not text.isascii()]
    if any(map(_SIGNS_OF_LOSS.search, high)) or (_are_marks(texts) and not high):
        return "lost"
    for encoding in _ENCODINGS if high else ():
        originals = [original for text in high if (original := _original(text, encoding))]
        if 2 * len(originals) >= len(high) and sum(len(_WRITTEN.findall(each)) for each in originals) >= _HIGH_SIGNS:
            return encoding
    return None


def _are_marks(texts: Sequence[str]) -> bool:
    return sum(map(bool, map(_ONLY_MARKS.fullmatch, texts))) > 1 or sum("??" in text for text in texts) >= _MARKED


def _original(text: str, encoding: str) -> str:
    """The text that was taken for one of another encoding, or "".

    >>> _original("ZoÃ©", "cp1252"), _original("Zoé", "cp1252"), _original("婀栨花", "gb18030")
    ('Zoé', '', '湖滨')
    """
    try:
        data = bytes(_BYTES[sign] for sign in text) if encoding == "cp1252" else text.encode(encoding)
    except (KeyError, UnicodeError):
        return ""
    original = data.decode("utf-8", "ignore")  # some bytes are often lost on the way
    letters = "".join((_CJK if encoding == "gb18030" else _WRITTEN).findall(original))
    return original if len(letters.encode()) >= _EXPLAINED * sum(byte > 127 for byte in data) else ""
