"""A path from the top that leads to no question."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import Path
from liuwen.messages import Sentence

NOWHERE = Sentence(
    zh="{path} 不通向任何题目，永远是空的：请改用 ${{名称}}。",
    en="{path} does not lead to a question and is always empty; write ${{name}} instead.",
)


def path_to_nowhere(facts: Facts) -> Iterator[Fault]:
    """JavaRosa takes what is not there for an empty answer."""
    paths = {element.path for element in facts.elements}
    loops = any(element.type == "loop" for element in facts.elements)
    for formula in facts.formulas if not loops else ():
        for part in formula.parts:
            if isinstance(part, Path) and part.absolute and all(step.axis == "child" for step in part.steps):
                names = tuple(step.name for step in part.steps)
                if "*" not in names and names[1:2] != ("meta",) and len(names) > 1 and names[1:] not in paths:
                    yield error(formula.place, NOWHERE.filled(path="/" + "/".join(names)))
