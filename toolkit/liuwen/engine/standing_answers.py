"""Inside the worker: whether all answers still hold, found without giving each of them again.

JavaRosa's own validation gives every answer again and computes all that depends on it, which takes as long as the interview did.
Where a form computes the same again, that changes nothing: it is enough to look whether a required answer is missing, whether a
constraint is broken, whether a choice is no longer offered, and whether a repeat has become too short or too long. Of these, only
what another answer can change is asked of JavaRosa: an answer was accepted when it was given, and which required ones are missing
stands in the submission.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from liuwen.engine.javarosa import java
from liuwen.engine.occurrences import Occurrences
from liuwen.engine.offered_choices import OfferedChoices, questions_with_choices
from liuwen.engine.paths import generic, question_paths, repeat_paths
from liuwen.engine.prefilled import prefilled

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


def _elements(xml: str) -> Iterator[dict[str, str]]:
    """The attributes of each bind and repeat, by their names without prefixes."""
    for element in _tree(xml).iter("{*}bind", "{*}repeat"):
        yield {str(name).rpartition("}")[2]: str(value) for name, value in element.attrib.items()}


def _tree(xml: str | bytes) -> Any:
    from lxml import etree

    content = xml.encode() if isinstance(xml, str) else xml
    return etree.fromstring(content, etree.XMLParser(huge_tree=True, resolve_entities=False, encoding="utf-8"))


class StandingAnswers:
    """Of one parsed form: what of its answers can be refused or lost after they were given, and the repeats whose length an
    answer decides.
    """

    def __init__(self, definition: Any, xml: str) -> None:
        self._definition = definition
        asked = set(question_paths(definition))
        filled = prefilled(_tree(xml))
        repeats = set(repeat_paths(definition))
        binds: dict[str, dict[str, str]] = {}
        for bind in _elements(xml):
            if "nodeset" in bind:
                binds.setdefault(generic(bind["nodeset"].strip()), {}).update(bind)
        self._required = frozenset(path for path in asked if binds.get(path, {}).get("required") == "true()")
        self._names = frozenset(path.rpartition("/")[2] for path in self._required)
        self._refusable = [
            Occurrences(definition, reference, repeats)
            for path in sorted(asked & binds.keys())
            for reference in [_reference(binds[path]["nodeset"])]
            if _is_refusable_later(binds[path], reference, is_filled=path in filled)
        ]
        self._choices = [
            offered
            for question in questions_with_choices(definition)
            for offered in [OfferedChoices(definition, question, repeats)]
            if offered.is_filtered or offered.path in filled
        ]
        self._counted = list(_counted(definition))

    def hold(self, submission: bytes) -> bool:
        """Whether JavaRosa would refuse or change nothing of the submission that the form holds now."""
        self._context = self._definition.getEvaluationContext()
        return (
            self._has_all(submission)
            and all(map(self._holds, self._refusable))
            and all(each.hold_the_answers(self._context) for each in self._choices)
            and all(map(self._is_as_counted, self._counted))
        )

    def _has_all(self, submission: bytes) -> bool:
        """Whether no answer is missing of those that are always required where they are asked."""
        blank = (each for each in _tree(submission).iter("{*}*") if not len(each) and not each.text)
        return not any(each.tag.rpartition("}")[2] in self._names and _place(each) in self._required for each in blank)

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


def _is_refusable_later(bind: dict[str, str], reference: Any, *, is_filled: bool) -> bool:
    """Whether an answer that was accepted, or a value that nobody gave, may be refused when the form is finished."""
    constraint = bind.get("constraint")
    if bind.get("required", "false()") not in {"true()", "false()"} or (constraint and is_filled):
        return True
    if not constraint:
        return False
    condition = java("org.javarosa.xpath.XPathConditional")(constraint)
    return any(not trigger.equals(reference) for trigger in condition.getTriggers(reference))


def _reference(nodeset: str) -> Any:
    return java("org.javarosa.model.xform.XPathReference")(nodeset.strip()).getReference()


def _place(element: Any) -> str:
    """The path of an element of a submission, without its root."""
    above = [each.tag.rpartition("}")[2] for each in element.iterancestors()]
    return "/".join([*reversed(above[:-1]), element.tag.rpartition("}")[2]])


def _counted(parent: Any) -> list[Any]:
    found = []
    for child in parent.getChildren() or ():
        if isinstance(child, java("org.javarosa.core.model.GroupDef")):
            found += [child] if child.getRepeat() and child.getCountReference() is not None else []
            found += _counted(child)
    return found
