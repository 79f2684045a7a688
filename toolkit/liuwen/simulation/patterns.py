"""A text that matches a regular expression, made rather than searched for."""

import random
import re
from collections.abc import Callable
from re import _constants, _parser  # the only reader of patterns that Python has
from typing import Any

_MOST = 4
_ANY = "甲乙abc123"
_CATEGORIES = {
    _constants.CATEGORY_DIGIT: "0123456789",
    _constants.CATEGORY_SPACE: " ",
    _constants.CATEGORY_WORD: "abcdefghijklmnopqrstuvwxyz0123456789",
    _constants.CATEGORY_NOT_DIGIT: "abc",
    _constants.CATEGORY_NOT_SPACE: "abc123",
    _constants.CATEGORY_NOT_WORD: "-",
}


def matching(pattern: str, chance: random.Random) -> str | None:
    """A text that `pattern` matches from end to end, or None where the pattern uses what cannot be turned round.

    >>> matching("[0-9]{3}-[ab]", random.Random(1))
    '914-a'
    """
    try:
        made = "".join(_made(token, chance, []) for token in _parser.parse(pattern))
        return made if re.search(pattern, made) else None
    except (re.error, NotImplementedError, OverflowError, RecursionError):
        return None


def _made(token: tuple[Any, Any], chance: random.Random, groups: list[str]) -> str:
    operation, value = token
    maker = _MAKERS.get(operation)
    if maker is None:
        raise NotImplementedError(operation)
    return maker(value, chance, groups)


def _sequence(tokens: Any, chance: random.Random, groups: list[str]) -> str:
    return "".join(_made(token, chance, groups) for token in tokens)


def _repeated(value: Any, chance: random.Random, groups: list[str]) -> str:
    low, high, tokens = value
    most = int(low) + _MOST if high is _constants.MAXREPEAT else int(high)
    return "".join(_sequence(tokens, chance, groups) for _ in range(chance.randint(int(low), max(int(low), most))))


def _one_of(value: Any, chance: random.Random, groups: list[str]) -> str:
    excluded = value[0][0] is _constants.NEGATE
    characters = "".join(_members(token) for token in value if token[0] is not _constants.NEGATE)
    if excluded:
        characters = "".join(each for each in "abcdefghijklmnopqrstuvwxyz0123456789甲乙丙" if each not in characters)
    if not characters:
        raise NotImplementedError("none of the characters tried is allowed")
    return chance.choice(characters)


def _members(token: tuple[Any, Any]) -> str:
    operation, value = token
    if operation is _constants.LITERAL:
        return chr(value)
    if operation is _constants.RANGE:
        return "".join(map(chr, range(value[0], min(value[1], value[0] + 200) + 1)))
    return _CATEGORIES[value]


def _group(value: Any, chance: random.Random, groups: list[str]) -> str:
    return _sequence(value[-1], chance, groups)


def _branch(value: Any, chance: random.Random, groups: list[str]) -> str:
    return _sequence(chance.choice(value[1]), chance, groups)


def _nothing(value: Any, chance: random.Random, groups: list[str]) -> str:
    return ""


_MAKERS: dict[Any, Callable[[Any, random.Random, list[str]], str]] = {
    _constants.LITERAL: lambda value, _chance, _groups: chr(value),
    _constants.NOT_LITERAL: lambda value, _chance, _groups: "b" if chr(value) == "a" else "a",
    _constants.ANY: lambda _value, chance, _groups: chance.choice(_ANY),
    _constants.IN: _one_of,
    _constants.MAX_REPEAT: _repeated,
    _constants.MIN_REPEAT: _repeated,
    _constants.SUBPATTERN: _group,
    _constants.BRANCH: _branch,
    _constants.AT: _nothing,
    _constants.ASSERT: _nothing,
    _constants.ASSERT_NOT: _nothing,
}
