"""The model of a questionnaire: read from a file or built in Python, written as a workbook, Markdown or XForm."""

from liuwen.form import builder
from liuwen.form.builder import build_form
from liuwen.form.elements import Choice, ChoiceList, Element, Wording
from liuwen.form.formats.xform import XForm, to_xform
from liuwen.form.model import Form
from liuwen.form.reading import FormLike, as_form, read_form
from liuwen.form.sheets import Place, Sheet
from liuwen.messages import Sentence

__all__ = [
    "Choice",
    "ChoiceList",
    "Element",
    "Form",
    "FormLike",
    "Place",
    "Sheet",
    "Wording",
    "XForm",
    "as_form",
    "build_form",
    "builder",
    "read_form",
    "to_xform",
]

_MOVED = Sentence(
    zh="liuwen.form.{name} 已移到 liuwen.comparison.{name}；比较两份问卷请用 lw.compare(旧, 新)。",
    en="liuwen.form.{name} is now liuwen.comparison.{name}; to compare two forms use lw.compare(old, new).",
)


def __getattr__(name: str) -> object:
    if name in {"Change", "Changes", "compare"}:
        raise ImportError(_MOVED.filled(name=name))
    raise AttributeError(f"module 'liuwen.form' has no attribute {name!r}")
