"""A condition under which the question is never asked."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error, note
from liuwen.logic.reasoning import has_answers
from liuwen.messages import Sentence

NEVER = Sentence(
    zh="这个条件永远不成立，这里永远不会问到：请核对数值和 and / or。",
    en="this condition is never true, so this is never asked; check the values and the and / or.",
)
WITH_GROUP = Sentence(
    zh="这个条件与外层组的条件互相矛盾，这里永远不会问到：请核对。",
    en="this condition contradicts that of the group around it, so this is never asked; check both.",
)
SWITCHED_OFF = Sentence(
    zh="这里被关掉了，永远不会问到；不再需要的话，请删去。",
    en="this is switched off and never asked; delete it if you no longer need it.",
)


def never_relevant(facts: Facts) -> Iterator[Fault]:
    """Said once, where the contradiction arises; what lies inside is dead with it."""
    for element in facts.elements:
        cell = facts.formula_of.get((element.row, "relevant"))
        around = facts.outcomes[element.parents[-1].row] if element.parents else "always"
        if cell is None or cell.tree is None or facts.outcomes[element.row] != "never" or around == "never":
            continue
        if not has_answers(cell.tree, None, facts.known):
            yield note(cell.place, SWITCHED_OFF)
        else:
            alone = facts.alone[element.row, "relevant"] == "never"
            yield error(cell.place, NEVER if alone else WITH_GROUP)
