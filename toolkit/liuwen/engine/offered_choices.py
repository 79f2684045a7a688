"""Inside the worker: the choices of questions, and whether answers are still among them."""

from collections.abc import Collection, Iterator
from typing import Any

from liuwen.engine.occurrences import Occurrences
from liuwen.engine.paths import generic


def depends_on_answers(itemset: Any, reference: Any) -> bool:
    """Whether the choices of an itemset depend on answers in the form."""
    return itemset is not None and any(
        trigger.getInstanceName() is None for trigger in itemset.nodesetExpr.getTriggers(reference)
    )


def questions_with_choices(parent: Any) -> Iterator[Any]:
    """The questions of a FormDef or group whose choices stand in an itemset."""
    for child in parent.getChildren() or ():
        if child.getChildren() is not None:
            yield from questions_with_choices(child)
        elif child.getDynamicChoices() is not None:
            yield child


class OfferedChoices:
    """The choices of one question, whose answers JavaRosa takes out where they are not offered (any longer)."""

    def __init__(self, definition: Any, question: Any, repeats: Collection[str]) -> None:
        self._definition = definition
        self._itemset = question.getDynamicChoices()
        reference = question.getBind().getReference()
        self._occurrences = Occurrences(definition, reference, repeats)
        self.path = generic(str(reference.toString(False)))
        self.is_filtered = depends_on_answers(self._itemset, reference)
        """Whether another answer decides what is offered."""
        self._values: frozenset[str] | None = None

    def hold_the_answers(self, context: Any) -> bool:
        """Whether every answer to the question is among its choices."""
        return all(self._holds(each, context.resolveReference(each)) for each in self._occurrences.now(context))

    def _holds(self, reference: Any, node: Any) -> bool:
        value = node.getValue()
        if value is None or not node.isRelevant():
            return True
        return self._offered(reference, node, value).issuperset(str(value.uncast().getString()).split())

    def _offered(self, reference: Any, node: Any, value: Any) -> frozenset[str]:
        if self._values is not None:
            return self._values
        offered = frozenset(str(choice.getValue()) for choice in self._itemset.getChoices(self._definition, reference))
        node.setAnswer(value)  # looking the choices up took out of the answer what is not offered
        if not self.is_filtered:
            self._values = offered
        return offered
