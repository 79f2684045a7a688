"""What a form says of the answers to a question: which of them stand alone, and whether their number is fixed."""

import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from liuwen.analysis.candidates import is_no_need
from liuwen.analysis.nonresponse import nonresponse
from liuwen.form.elements import Element

SEVERAL = frozenset({"select_multiple", "select_multiple_external", "rank"})
_ONE = frozenset({"select_one", "select_one_external"})
_FIXED = re.compile(r"^\s*count-selected\(\s*\.\s*\)\s*=\s*\d+\s*$")
_NAMED = re.compile(r"selected\(\s*\.\s*,\s*['\"]([^'\"]+)['\"]\s*\)")


def has_fixed_number(element: Element) -> bool:
    """Whether everybody gives the same number of answers, so that the cells of a group add up to a multiple of its base."""
    return element.type in _ONE or (element.type in SEVERAL and bool(_FIXED.match(element.cell("constraint"))))


def stand_alone(element: Element, choices: Mapping[str, str]) -> NDArray[np.bool_] | None:
    """Which choices are given without any other: none, don't know, no answer, and those the constraint forbids to combine.

    Without several answers there is nothing to tell: None.
    """
    if element.type not in SEVERAL:
        return None
    constraint = element.cell("constraint")
    named = set(_NAMED.findall(constraint)) if "count-selected" in constraint else set()
    return np.array(
        [name in named or is_no_need(name, (label,)) or bool(nonresponse(name, (label,))) for name, label in choices.items()],
        dtype=bool,
    )
