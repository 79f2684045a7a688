"""References in XLSForm cells: `${name}` and `${last-saved#name}`, which stand for XPath paths."""

import re
from functools import lru_cache
from typing import NamedTuple

_REFERENCE = re.compile(r"\$\{(?P<last_saved>last-saved#)?(?P<name>[^\s{}$]+)\}")
_OPENING = re.compile(r"\$\s*\{|\$\(")


class Reference(NamedTuple):
    """One `${name}`: its name, whether it refers to the last saved record, and its start and end in the text."""

    name: str
    last_saved: bool
    start: int
    end: int


@lru_cache(maxsize=65536)
def references(text: str) -> tuple[Reference, ...]:
    """All complete references in `text`, in order; works for labels and for expressions.

    >>> references("Is ${name} older than ${last-saved#age}?")
    (Reference(name='name', last_saved=False, start=3, end=10), Reference(name='age', last_saved=True, start=22, end=39))
    """
    if "${" not in text:
        return ()
    return tuple(
        Reference(found["name"], found["last_saved"] is not None, found.start(), found.end())
        for found in _REFERENCE.finditer(text)
    )


def broken_references(text: str) -> tuple[int, ...]:
    """Positions of malformed references: `${name` without its brace, `$ {name}`, `$(name)`, `${two words}`.

    >>> broken_references("${a} and ${b and $(c)")
    (9, 17)
    """
    whole = {reference.start for reference in references(text)}
    return tuple(found.start() for found in _OPENING.finditer(text) if found.start() not in whole)
