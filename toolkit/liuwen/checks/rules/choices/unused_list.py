"""A choice list that nothing draws from."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.expressions import Path
from liuwen.form.types import TYPES
from liuwen.messages import Sentence

UNUSED = Sentence(
    zh="没有题目用到列表“{list}”：请删去，或核对题型里的列表名。",
    en="no question uses the list “{list}”; delete it, or check the list names in the type column.",
)


def _unread_types(facts: Facts) -> list[str]:
    """Type cells that `unknown-type` speaks of, in which the list may be named."""
    return [written for _, written, means in facts.types if means.type not in TYPES and means.type != "range"]


def unused_list(facts: Facts) -> Iterator[Fault]:
    """A list may also be looked up by instance('…'), give a range its ticks, or serve KoboToolbox."""
    looked_up = {part.instance for formula in facts.formulas for part in formula.parts if isinstance(part, Path)}
    looked_up |= {word for element in facts.elements for word in element.cell("parameters").replace("=", " ").split()}
    looked_up |= {text for element in facts.elements for column, text in element.cells.items() if column.startswith("kobo--")}
    looked_up |= {name for name in facts.form.choice_lists if any(name in written for written in _unread_types(facts))}
    for name, choices in facts.form.choice_lists.items():
        if name not in facts.users and name not in looked_up:
            yield warning(facts.place("choices", choices.choices[0].row, "list_name"), UNUSED.filled(list=name))
