"""Inside the worker: whether all answers still hold, found without giving each of them again.

JavaRosa's own validation gives every answer again and computes all that depends on it, which takes as long as the interview did.
Where a form computes the same again, that changes nothing: it is enough to look whether a required answer is missing, whether a
constraint is broken, whether a choice is no longer offered, and whether a repeat has become too short or too long.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from liuwen.engine.javarosa import java
from liuwen.engine.occurrences import Occurrences
from liuwen.engine.offered_choices import OfferedChoices, questions_with_choices
from liuwen.engine.paths import question_paths, repeat_paths

_QUOTED = re.compile(r"""'[^']*'|"[^"]*\"""")
_ONCE = re.compile(r"\bonce\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
_CHANGEABLE = re.compile(r"\b(?:now|random|uuid|pulldata|property)\s*\(")
_COMPUTED = frozenset({"calculate", "relevant", "constraint", "required", "readonly", "count"})


@lru_cache(maxsize=32)
def computes_the_same_again(xml: str) -> bool:
    """Whether nothing that the form computes depends on the time of day or on chance.

    >>> computes_the_same_again('<bind calculate="1 + 1"/>'), computes_the_same_again('<bind calculate="random()"/>')
    (True, False)
    """
    found = (said for bind in _elements(xml) for name, said in bind.items() if name in _COMPUTED)
    expressions = (_ONCE.sub("", _QUOTED.sub("''", each)) for each in found)
    return not any(_CHANGEABLE.search(each) for each in expressions)


@lru_cache(maxsize=32)
def _refusable(xml: str) -> frozenset[str]:
    """The nodesets of what may be required or has a constraint."""
    binds = (bind for bind in _elements(xml) if "constraint" in bind or bind.get("required", "false()") != "false()")
    return frozenset("/" + bind["nodeset"].strip().strip("/") for bind in binds if "nodeset" in bind)


def _elements(xml: str) -> Iterator[dict[str, str]]:
    """The attributes of each bind and repeat, by their names without prefixes."""
    from lxml import etree

    form = etree.fromstring(xml.encode(), etree.XMLParser(huge_tree=True, resolve_entities=False, encoding="utf-8"))
    for element in form.iter("{*}bind", "{*}repeat"):
        yield {str(name).rpartition("}")[2]: str(value) for name, value in element.attrib.items()}


class StandingAnswers:
    """Of one parsed form: the questions whose answers can be refused or lost, and the repeats whose length an answer decides."""

    def __init__(self, definition: Any, xml: str) -> None:
        self._definition = definition
        asked = set(question_paths(definition))
        reference = java("org.javarosa.model.xform.XPathReference")
        paths = sorted(path for path in _refusable(xml) if path.strip("/").partition("/")[2] in asked)
        repeats = set(repeat_paths(definition))
        self._refusable = [Occurrences(definition, reference(path).getReference(), repeats) for path in paths]
        self._choices = [OfferedChoices(definition, question, repeats) for question in questions_with_choices(definition)]
        self._counted = list(_counted(definition))

    def hold(self) -> bool:
        """Whether JavaRosa would refuse or change nothing."""
        self._context = self._definition.getEvaluationContext()
        return (
            all(map(self._holds, self._refusable))
            and all(each.hold_the_answers(self._context) for each in self._choices)
            and all(map(self._is_as_counted, self._counted))
        )

    def _holds(self, occurrences: Occurrences) -> bool:
        for each in occurrences.now(self._context):
            node = self._context.resolveReference(each)
            if not node.isRelevant():
                continue
            value = node.getValue()
            if value is None:
                if node.isRequired():
                    return False
            elif node.getConstraint() is not None and not self._definition.evaluateConstraint(each, value):
                return False
        return True

    def _is_as_counted(self, repeat: Any) -> bool:
        reference = repeat.getBind().getReference()
        parents = self._context.expandReference(reference.getParentRef())
        return all(self._is_as_long(repeat, reference.getNameLast(), each) for each in parents)

    def _is_as_long(self, repeat: Any, name: Any, parent: Any) -> bool:
        """JavaRosa keeps a first one where none is wanted."""
        node = self._context.resolveReference(parent)
        if not node.isRelevant():
            return True
        counting = self._context.resolveReference(repeat.getConextualizedCountReference(parent.extendRef(name, 0)))
        value = counting.getValue() if counting is not None else None
        if value is None:
            return False
        wanted = int(float(str(value.uncast().getString()) or 0))
        return max(wanted, 1) == int(node.getChildMultiplicity(name))


def _counted(parent: Any) -> list[Any]:
    found = []
    for child in parent.getChildren() or ():
        if isinstance(child, java("org.javarosa.core.model.GroupDef")):
            found += [child] if child.getRepeat() and child.getCountReference() is not None else []
            found += _counted(child)
    return found
