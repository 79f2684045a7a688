"""What a questionnaire is: read from a workbook or built from its questions, written as a workbook, Markdown or XForm."""

from liuwen.form import builder
from liuwen.form.builder import build_form
from liuwen.form.elements import Choice, ChoiceList, Element, Wording
from liuwen.form.formats.xform import XForm, to_xform
from liuwen.form.model import Form
from liuwen.form.reading import read_form
from liuwen.form.sheets import Place, Sheet

__all__ = [
    "Choice",
    "ChoiceList",
    "Element",
    "Form",
    "Place",
    "Sheet",
    "Wording",
    "XForm",
    "build_form",
    "builder",
    "read_form",
    "to_xform",
]
