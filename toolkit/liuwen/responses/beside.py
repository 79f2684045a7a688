"""What lies among submissions and says which form they are of, where the caller does not."""

import json
from pathlib import Path

from liuwen.errors import ReadError
from liuwen.form import read_form
from liuwen.form.model import Form
from liuwen.messages import Sentence
from liuwen.responses.archive import exists

_WORKBOOKS = (".xlsx", ".xls", ".md")
_START = 2048

PULLED = "pulled.jsonl"
"""The file saved with submissions pulled from a server; its first line names the server and the server's own ID."""

_SAY_WHICH = Sentence(
    zh="没有说明是哪个表单的答卷；请用 form= 给出表单。",
    en="It is not clear which form these answers belong to; pass it as form=.",
)
_NOT_ONE = Sentence(
    zh="{folder} 中有 {count} 个表单；请用 form= 指明是哪一个。",
    en="{folder} contains {count} forms; choose one with form=.",
)


def form_beside(source: object) -> Form:
    """The one form in a folder of submissions; raises `ReadError` if there is not exactly one."""
    folder = Path(source) if isinstance(source, str | Path) else None
    if folder is None or not exists(folder) or not folder.is_dir():
        raise ReadError(_SAY_WHICH)
    found = [file for file in sorted(folder.rglob("*")) if _is_form(file)]
    if len(found) != 1:
        raise ReadError(_NOT_ONE.filled(folder=folder, count=len(found)))
    return read_form(found[0])


def id_beside(source: object) -> str | None:
    """The ID that submissions bear in a folder pulled from a server which gives forms IDs of its own; else None."""
    log = Path(source) / PULLED if isinstance(source, str | Path) else None
    if log is None or not exists(log) or not log.is_file():
        return None
    with log.open("rb") as lines:
        first = lines.readline()
    try:
        told = json.loads(first)
    except (ValueError, RecursionError):  # a pull that was cut off as it began
        return None
    return told.get("renamed") if isinstance(told, dict) else None


def _is_form(file: Path) -> bool:
    if file.suffix.lower() in _WORKBOOKS:
        return not file.name.startswith(("~$", "."))
    if file.suffix.lower() != ".xml":
        return False
    with file.open("rb") as opened:
        return b"http://www.w3.org/2002/xforms" in opened.read(_START)
