"""The nodes of a parsed expression; each knows its start and end in the cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Operator = Literal["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "|"]
COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})


@dataclass(frozen=True, slots=True)
class Number:
    """A number literal."""

    value: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text literal, without its quotes."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """A reference: `${name}` or `${last-saved#name}`."""

    name: str
    last_saved: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function call."""

    function: str
    arguments: tuple["Expression", ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Binary:
    """A binary operator and its operands."""

    operator: Operator
    left: "Expression"
    right: "Expression"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Negative:
    """A minus sign and its operand."""

    operand: "Expression"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: its axis ("child", "self", "parent", "attribute", …), its name ("*" and "node()" included)."""

    axis: str
    name: str
    predicates: tuple["Expression", ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Path:
    """A location path: from the top (`absolute`), from another expression (`origin`), or from where it stands."""

    origin: "Expression | None"
    absolute: bool
    predicates: tuple["Expression", ...]
    """Those that follow the origin directly: `${member}[position() = 1]`."""
    steps: tuple[Step, ...]
    start: int
    end: int

    @property
    def is_here(self) -> bool:
        """Whether it is a plain `.`: the answer to the question itself."""
        return self.origin is None and not self.absolute and [step.axis for step in self.steps] == ["self"]

    @property
    def bare_word(self) -> str | None:
        """The word, if the path is a single name: `yes` in `${a} = yes`, where the quotes were probably forgotten."""
        if self.origin is None and not self.absolute and len(self.steps) == 1:
            step = self.steps[0]
            return step.name if step.axis == "child" and not step.predicates and step.name[0] != "*" else None
        return None

    @property
    def instance(self) -> str | None:
        """The name of the secondary instance that the path starts from: `villages` in `instance('villages')/root/item`."""
        call = self.origin
        if isinstance(call, Call) and call.function == "instance" and len(call.arguments) == 1:
            named = call.arguments[0]
            return named.value if isinstance(named, Text) else None
        return None


Expression = Number | Text | Named | Call | Binary | Negative | Path


def parts(expression: Expression) -> tuple[Expression, ...]:
    """The direct parts of an expression, in order."""
    match expression:
        case Call(arguments=inside):
            return inside
        case Binary(left=left, right=right):
            return (left, right)
        case Negative(operand=operand):
            return (operand,)
        case Path(origin=origin, predicates=predicates, steps=steps):
            first = () if origin is None else (origin,)
            return (*first, *predicates, *(test for step in steps for test in step.predicates))
        case _:
            return ()


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and everything inside it, outermost first."""
    waiting = [expression]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(parts(current)))
