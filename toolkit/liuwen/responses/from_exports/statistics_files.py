"""Stata and SPSS files as grids: stored values as they are, missing codes as blanks, days and times as such."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liuwen.errors import ReadError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    import pandas as pd

_NOT_ASKED = frozenset({"c", -9_999_999.0})
"""What stands for a question that was not asked, in a file that liuwen wrote."""
ENDINGS = (".dta", ".sav", ".zsav", ".por")

_UNREADABLE = Sentence(
    zh="{name} 不是可读的 Stata 或 SPSS 文件：已损坏或不完整（{detail}）。",
    en="{name} cannot be read as a Stata or SPSS file: it is damaged or incomplete ({detail}).",
)


def is_statistics_file(path: Path, start: bytes) -> bool:
    """Whether a file is one of Stata or SPSS, by its first bytes."""
    if start.startswith((b"$FL2", b"$FL3", b"<stata_dta>")):
        return True
    return path.suffix.lower() in ENDINGS and not start.lstrip().startswith((b"<", b"PK"))


def frame_of_statistics(path: Path, encoding: str | None) -> "pd.DataFrame":
    """The table, with variable names as the file has them; raises `ReadError` where it cannot be read."""
    import pyreadstat

    with path.open("rb") as opened:
        is_stata = not opened.read(4).startswith(b"$FL") and path.suffix.lower() != ".por"
    read: Any = pyreadstat.read_dta if is_stata else pyreadstat.read_por if path.suffix.lower() == ".por" else pyreadstat.read_sav
    told: dict[str, Any] = {"encoding": encoding} if encoding else {}
    if path.suffix.lower() != ".por":
        told["user_missing"] = True
    try:
        frame, meta = read(str(path), **told)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError) as fault:
        raise ReadError(_UNREADABLE.filled(name=path.name, detail=str(fault) or type(fault).__name__)) from fault
    labels = {name: _without_codes(each) for name, each in meta.variable_value_labels.items()}
    in_utc = (meta.file_label or "").startswith("liuwen UTC")
    made: pd.DataFrame = frame.apply(lambda column: _stored(column, labels.get(column.name, {}), in_utc=in_utc))
    return made


def _without_codes(labels: "Mapping[Any, str]") -> dict[Any, str]:
    """What stands for a code: its label, or the code itself where two codes share one; nothing for codes of "not asked"."""
    texts = list(labels.values())
    return {code: "" if code in _NOT_ASKED else label if texts.count(label) == 1 else code for code, label in labels.items()}


def _stored(column: "pd.Series[Any]", labels: "Mapping[Any, str]", *, in_utc: bool) -> Any:
    if str(column.dtype).startswith("datetime") and in_utc:
        return column.dt.round("ms").dt.tz_localize("UTC").astype(object)
    if not labels and not any(cell in _NOT_ASKED for cell in set(column.dropna())):
        return column
    meant = {**dict.fromkeys(_NOT_ASKED, ""), **labels}
    return column.astype(object).map(lambda cell: meant.get(cell, cell))
