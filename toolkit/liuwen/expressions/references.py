"""The `${name}` and `${last-saved#name}` that XLSForm cells write where XPath would write a path."""

import re
from functools import lru_cache
from typing import NamedTuple

_REFERENCE = re.compile(r"\$\{(?P<last_saved>last-saved#)?(?P<name>[^\s{}$]+)\}")
_OPENING = re.compile(r"\$\s*\{|\$\(")


class Reference(NamedTuple):
    """One `${name}`: the name, whether it asks for the last saved record, and where in the text it starts and ends."""

    name: str
    last_saved: bool
    start: int
    end: int


@lru_cache(maxsize=65536)
def references(text: str) -> tuple[Reference, ...]:
    """Every whole `${name}` of `text`, in order; works on labels and expressions alike.

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
    """Where a reference begins that is not whole: `${name` without its brace, `$ {name}`, `$(name)`, `${two words}`.

    >>> broken_references("${a} and ${b and $(c)")
    (9, 17)
    """
    whole = {reference.start for reference in references(text)}
    return tuple(found.start() for found in _OPENING.finditer(text) if found.start() not in whole)
