"""Expressions of XLSForm: references such as `${name}` in any cell, and XPath 1.0 parsed into a tree.

`references` works on any text; `parse` reads an expression and reports the position of an error.
"""

from liuwen.expressions.parsing import ExpressionError, parse, try_parse
from liuwen.expressions.references import Reference, broken_references, references
from liuwen.expressions.tree import (
    COMPARISONS,
    Binary,
    Call,
    Expression,
    Named,
    Negative,
    Number,
    Path,
    Step,
    Text,
    parts,
    walk,
)

__all__ = [
    "COMPARISONS",
    "Binary",
    "Call",
    "Expression",
    "ExpressionError",
    "Named",
    "Negative",
    "Number",
    "Path",
    "Reference",
    "Step",
    "Text",
    "broken_references",
    "parse",
    "parts",
    "references",
    "try_parse",
    "walk",
]
