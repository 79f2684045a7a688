"""A question that shows nothing to the person who is asked."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, warning
from liuwen.form.types import TYPES
from liuwen.messages import Sentence

NO_LABEL = Sentence(
    zh="“{name}”没有给人看的文字：请写上 label。",
    en="“{name}” has no label, so nothing is shown; write one.",
)
_SILENT_APPEARANCES = ("hidden", "list-nolabel", "label", "table-list", "masked")


def missing_label(facts: Facts) -> Iterator[Fault]:
    """A label, a hint or a picture is enough; spaces do not count. pyxform refuses a question without, unless it is computed."""
    for element in facts.questions:
        shown = {"label", "hint", "image", "audio", "video"} & set(element.wordings)
        quiet = any(word in element.cell("appearance") for word in _SILENT_APPEARANCES)
        in_table = any("table-list" in parent.cell("appearance") for parent in element.parents)
        if element.type in TYPES and element.is_asked and not shown and not quiet and not in_table:
            computed = element.cell("calculation") or element.cell("trigger")
            severity = warning if computed or facts.form.is_xform else error
            yield severity(facts.at(element, "label"), NO_LABEL.filled(name=element.name))
