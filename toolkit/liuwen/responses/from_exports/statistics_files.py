"""Stata and SPSS files as grids: stored values as they are, missing codes as blanks, days and times as such."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from liuwen.errors import ReadError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    import pandas as pd

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
    try:
        frame: pd.DataFrame = read(str(path), **told)[0]
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError) as fault:
        raise ReadError(_UNREADABLE.filled(name=path.name, detail=str(fault) or type(fault).__name__)) from fault
    return frame
