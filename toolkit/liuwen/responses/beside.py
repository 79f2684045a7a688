"""The form that lies among its submissions, where the caller names none."""

from pathlib import Path

from liuwen.errors import ReadError
from liuwen.form import read_form
from liuwen.form.model import Form
from liuwen.messages import Sentence

_WORKBOOKS = (".xlsx", ".xls", ".md")
_START = 2048

_SAY_WHICH = Sentence(
    zh="没有说明是哪个表单的答卷；请用 form= 给出表单。", en="It was not said which form they answer; give it as form=."
)
_NOT_ONE = Sentence(
    zh="{folder} 中有 {count} 个表单；请用 form= 指明是哪一个。",
    en="There are {count} forms in {folder}; say which one with form=.",
)


def form_beside(source: object) -> Form:
    """The one form in a folder of submissions; raises `ReadError` where there is none, or more than one."""
    folder = Path(source) if isinstance(source, str | Path) else None
    if folder is None or not folder.is_dir():
        raise ReadError(_SAY_WHICH)
    found = [file for file in sorted(folder.rglob("*")) if _is_form(file)]
    if len(found) != 1:
        raise ReadError(_NOT_ONE.filled(folder=folder, count=len(found)))
    return read_form(found[0])


def _is_form(file: Path) -> bool:
    if file.suffix.lower() in _WORKBOOKS:
        return not file.name.startswith(("~$", "."))
    if file.suffix.lower() != ".xml":
        return False
    with file.open("rb") as opened:
        return b"http://www.w3.org/2002/xforms" in opened.read(_START)
