"""What an XForm says about each question's answer: its constraint, taken apart into what can be solved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from liuwen.engine.paths import generic
from liuwen.engine.prefilled import prefilled
from liuwen.expressions import Binary, Call, Expression, ExpressionError, Number, Path, Text, try_parse, walk
from liuwen.expressions.values import MIRRORED, plain_text

_COUNT = "{http://openrosa.org/javarosa}count"


class Bound(NamedTuple):
    """One limit of an answer: it must stand in the relation `operator` to what `expression` (XPath) gives."""

    operator: str
    expression: str


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """What a constraint asks of an answer, as far as it is a conjunction of simple tests."""

    bounds: tuple[Bound, ...] = ()
    count: tuple[Bound, ...] = ()
    """Of the number of choices taken."""
    length: tuple[Bound, ...] = ()
    """Of the text's length."""
    alone: frozenset[str] = frozenset()
    """Choices that cannot be taken together with another one."""
    mentioned: tuple[str, ...] = ()
    """The numbers and texts that are written in it."""
    answers: tuple[str, ...] = ()
    """The other answers that it refers to, as XPath."""
    source: str = ""
    """The constraint itself."""


@dataclass(frozen=True, slots=True)
class XFormRules:
    """Of a whole XForm, by path without positions: what spares asking the engine question by question."""

    limits: Mapping[str, AnswerLimits] = field(default_factory=dict)
    required: Mapping[str, str] = field(default_factory=dict)
    """The condition on which an answer is required, where there is one."""
    read_only: frozenset[str] = frozenset()
    """What is read-only, always or on a condition."""
    prefilled: frozenset[str] = frozenset()
    """What may hold a value before it is asked: defaults, calculations, values set by events."""
    root: str = "data"
    """The name of the submission's root element."""
    audited: bool = False
    """Whether the phone is to keep an audit log."""
    counting: frozenset[str] = frozenset()
    """The questions that say how often a repeat comes."""

    def of(self, path: str) -> AnswerLimits:
        """The limits of a question; `NO_LIMITS` without a constraint."""
        return self.limits.get(path, NO_LIMITS)


NO_LIMITS = AnswerLimits()


@lru_cache(maxsize=32)
def facts_of(xml: str) -> XFormRules:
    """What the XForm `xml` says."""
    from lxml import etree

    tree = etree.fromstring(xml.encode(), etree.XMLParser(huge_tree=True, resolve_entities=False))
    binds = {
        _path(bind.get("nodeset", "")): {str(name): str(value) for name, value in bind.items()} for bind in tree.iter("{*}bind")
    }
    return XFormRules(
        {path: limits_of(bind["constraint"]) for path, bind in binds.items() if bind.get("constraint")},
        {path: bind["required"] for path, bind in binds.items() if bind.get("required", "false()") != "false()"},
        frozenset(path for path, bind in binds.items() if bind.get("readonly", "false()") != "false()"),
        prefilled(tree),
        _root(tree),
        "meta/audit" in binds,
        frozenset(_path(count) for repeat in tree.iter("{*}repeat") if (count := repeat.get(_COUNT))),
    )


def _path(reference: str) -> str:
    return generic(reference.strip())


def _root(tree: Any) -> str:
    instance = next(tree.iter("{*}instance"), None)
    first = next(instance.iterchildren("*"), None) if instance is not None else None
    return "data" if first is None else str(first.tag).rpartition("}")[2]


def limits_of(constraint: str) -> AnswerLimits:
    """A constraint taken apart.

    >>> limits_of(". > 0 and . < 120").bounds
    (Bound(operator='>', expression='0'), Bound(operator='<', expression='120'))
    >>> sorted(limits_of("count-selected(.) = 1 or not(selected(., 'none') or selected(., 'other'))").alone)
    ['none', 'other']
    """
    tree = try_parse(constraint)
    if isinstance(tree, ExpressionError):
        return AnswerLimits(source=constraint)
    mentioned = (plain_text(part.value) for part in walk(tree) if isinstance(part, Number | Text))
    paths = (part for part in walk(tree) if isinstance(part, Path) and not part.is_here)
    answers = (constraint[part.start : part.end] for part in paths)
    reader = _Reader(constraint, tuple(dict.fromkeys(mentioned)), tuple(dict.fromkeys(answers)))
    for part in _conjuncts(tree):
        reader.read(part)
    return reader.limits()


def _conjuncts(tree: Expression) -> list[Expression]:
    if isinstance(tree, Binary) and tree.operator == "and":
        return [*_conjuncts(tree.left), *_conjuncts(tree.right)]
    return [tree]


def _disjuncts(tree: Expression) -> list[Expression]:
    if isinstance(tree, Binary) and tree.operator == "or":
        return [*_disjuncts(tree.left), *_disjuncts(tree.right)]
    return [tree]


class _Reader:
    def __init__(self, source: str, mentioned: tuple[str, ...], answers: tuple[str, ...]) -> None:
        self._source = source
        self._mentioned = mentioned
        self._answers = answers
        self._bounds: dict[str, list[Bound]] = {"": [], "count-selected": [], "string-length": []}
        self._alone: set[str] = set()

    def read(self, part: Expression) -> None:
        if isinstance(part, Binary) and part.operator in MIRRORED:
            self._compare(part)
        else:
            self._exclude(part)

    def _compare(self, part: Binary) -> None:
        for one, other, operator in ((part.left, part.right, part.operator), (part.right, part.left, MIRRORED[part.operator])):
            kind = _of_here(one)
            if kind in self._bounds and not _mentions_here(other):
                self._bounds[kind].append(Bound(operator, self._source[other.start : other.end]))
                return

    def _exclude(self, part: Expression) -> None:
        """Read "only one is taken, or none of these is": the way to say that a choice stands alone."""
        pieces = _disjuncts(part)
        taken = [piece for piece in pieces if _at_most_one(piece)]
        rest = [piece for piece in pieces if piece not in taken]
        if len(taken) != 1 or len(rest) != 1:
            return
        inside = rest[0]
        if not (isinstance(inside, Call) and inside.function == "not" and len(inside.arguments) == 1):
            return
        values = {_selected_here(piece) for piece in _disjuncts(inside.arguments[0])}
        if None not in values:
            self._alone |= {value for value in values if value is not None}

    def limits(self) -> AnswerLimits:
        bounds = {kind: tuple(found) for kind, found in self._bounds.items()}
        kinds = (bounds[""], bounds["count-selected"], bounds["string-length"])
        alone = frozenset(self._alone)
        return AnswerLimits(*kinds, alone, self._mentioned, self._answers, self._source)


def _of_here(part: Expression) -> str | None:
    """How an expression depends on the answer: "" is the answer itself, else the function of it."""
    if isinstance(part, Path) and part.is_here:
        return ""
    if isinstance(part, Call) and len(part.arguments) == 1:
        inside = _of_here(part.arguments[0])
        if inside == "" and part.function in {"count-selected", "string-length"}:
            return part.function
        if inside == "" and part.function in {"number", "date", "string"}:
            return ""
    return None


def _mentions_here(part: Expression) -> bool:
    return any(isinstance(piece, Path) and piece.is_here for piece in walk(part))


def _at_most_one(part: Expression) -> bool:
    if not (isinstance(part, Binary) and _of_here(part.left) == "count-selected" and isinstance(part.right, Number)):
        return False
    return (part.operator, part.right.value) in {("=", 1), ("<=", 1), ("<", 2)}


def _selected_here(part: Expression) -> str | None:
    if isinstance(part, Call) and part.function == "selected" and len(part.arguments) == 2:
        subject, value = part.arguments
        if _of_here(subject) == "" and isinstance(value, Text):
            return value.value
    return None
