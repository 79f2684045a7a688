"""Cells of an export, as a submission's XML would write them."""

import datetime as dt
import math
import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from liuwen.form.elements import Choice, ChoiceList
from liuwen.responses.from_exports.arrow_texts import ArrowTexts
from liuwen.responses.from_exports.coded import Coded
from liuwen.responses.from_exports.written_days import day_of_serial
from liuwen.responses.plan import Kind

_EXCEL_DAYS = range(1, 2_958_466)
_CHOSEN = frozenset({"1", "true", "yes", "y", "是", "选了"})
_NOT_CHOSEN = frozenset({"0", "false", "no", "n", "否", "未选"})
_POINT_NOUGHT = re.compile(r"\.0+$")
_GAP = re.compile(r"\s*(?:[;；,，、|/\n]\s*|(?<=\s)|$)")
"""What stands between several labels, or their end."""
_LONGEST = 1_500
"""Characters of a text that is looked at for several labels."""


def text_of(cell: Any, kind: Kind = "text") -> str:
    """A cell as text, "" where it is blank: whole numbers without ".0", dates as ISO, Excel's day numbers as dates.

    >>> text_of(13.0), text_of(True), text_of(dt.date(2026, 11, 2)), text_of(46328.0, "date")
    ('13', 'true', '2026-11-02', '2026-11-02')
    """
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        return "" if cell.isspace() else cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return _number_text(float(cell), kind) if cell == cell else ""  # noqa: PLR0124 - NaN alone is unlike itself
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if kind == "date" else cell.isoformat()
    return str(cell.isoformat()) if isinstance(cell, dt.date | dt.time) else str(cell)


def texts_of(cells: Coded[Any], kind: Kind = "text") -> Coded[str]:
    """The cells of a column as texts; most columns hold nothing else."""
    if isinstance(cells.different, ArrowTexts):
        return Coded(cells.different.without_spaces(), cells.codes)
    texts = cells.texts()
    if len(texts) == len(cells.different) and not any(map(str.isspace, texts)):
        return cells
    return cells.mapped(partial(text_of, kind=kind))


def stripped(cells: Coded[Any], kind: Kind = "text") -> Coded[str]:
    """The cells of a column as texts without the space around them."""
    if isinstance(cells.different, ArrowTexts):
        return Coded(cells.different.stripped(), cells.codes)
    return cells.mapped(lambda cell: text_of(cell, kind).strip())


def _number_text(number: float, kind: Kind) -> str:
    if kind in {"date", "datetime"} and math.isfinite(number) and int(number) in _EXCEL_DAYS:
        return day_of_serial(number, moments=kind == "datetime")
    return str(int(number)) if number.is_integer() and abs(number) < 2**63 else repr(number)


def chosen(cell: Any, name: str, labels: frozenset[str]) -> bool | None:
    """Whether a split column's cell marks its choice as chosen; None if it does not say."""
    text = text_of(cell).strip()
    lowered = _POINT_NOUGHT.sub("", text.lower())
    if lowered in _CHOSEN or text == name or text in labels:
        return True
    return False if lowered in _NOT_CHOSEN else None


def stored_choices(texts: Coded[str], listed: ChoiceList | None) -> Coded[str]:
    """Answers to a select one as stored names, where they may be labels in any language.

    A column is read as names where they explain at least as many of its answers as labels do.
    """
    if listed is None:
        return texts.mapped(str.strip)
    names = {name: name for name in listed.names}
    labels = label_names(listed)
    counts = texts.counts()
    stripped = {text: " ".join(text.split()) for text in counts}
    as_names = sum(count for text, count in counts.items() if stripped[text] in names)
    as_labels = sum(count for text, count in counts.items() if stripped[text] in labels)
    first, second = (names, labels) if as_names >= as_labels else (labels, names)
    stored = {text: first.get(short) or second.get(short) or short for text, short in stripped.items()}
    return texts.mapped(stored.__getitem__)


def stored_multiples(texts: Coded[str], listed: ChoiceList | None) -> Coded[str]:
    """Answers to a select multiple as stored names parted by spaces, where they may be labels with any usual separator."""
    known = frozenset(listed.names if listed else ())
    labels = label_names(listed) if listed else {}
    return texts.mapped(lambda text: _names_in(text, known, labels) if listed else " ".join(text.split()))


def shared_labels(listed: ChoiceList) -> dict[str, tuple[str, ...]]:
    """The labels that several choices share → the names of those choices."""
    found: dict[str, dict[str, None]] = {}
    for choice in listed:
        for label in _labels(choice):
            found.setdefault(label, {})[choice.name] = None
    return {label: tuple(names) for label, names in found.items() if len(names) > 1}


def label_names(listed: ChoiceList) -> dict[str, str]:
    """Label, in any language → the stored name; a label that two choices share means neither."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for choice in listed:
        for label in dict.fromkeys(_labels(choice)):
            if found.setdefault(label, choice.name) != choice.name:
                shared.add(label)
    spelled = {f"{label} ({choice.name})": choice.name for choice in listed for label in _labels(choice) if label in shared}
    return {**spelled, **{label: name for label, name in found.items() if label not in shared}}


def _labels(choice: Choice) -> list[str]:
    wording = choice.wordings.get("label")
    return [" ".join(text.split()) for text in wording.texts.values()] if wording else []


def _names_in(text: str, known: frozenset[str], labels: Mapping[str, str]) -> str:
    words = text.split()
    whole = " ".join(words)
    if not words or known.issuperset(words) or len(whole) > _LONGEST:
        return whole
    if whole in labels:
        return labels[whole]
    return _parted(whole, {**{name: name for name in known}, **labels}) or whole


def _parted(text: str, spellings: Mapping[str, str]) -> str:
    """Names and labels that stand one after another, with any usual separator between them; "" where they do not."""
    by_length = sorted(spellings, key=len, reverse=True)
    dead: set[int] = set()

    def read(start: int) -> list[str] | None:
        if start == len(text):
            return []
        if start in dead:
            return None
        for spelling in by_length:
            if text.startswith(spelling, start) and (gap := _GAP.match(text, start + len(spelling))):
                further = read(gap.end())
                if further is not None:
                    return [spellings[spelling], *further]
        dead.add(start)
        return None

    return " ".join(read(0) or ())
