"""Random conditions over a small form, and answers that phones take, in every spelling."""

import random
from collections.abc import Callable, Iterator

import pytest

from liuwen.expressions import parse
from liuwen.expressions.evaluation import evaluate
from liuwen.expressions.values import Scalar, as_truth

ROWS = """
| survey |
| | type | name | label | relevant |
| | text | t | T | |
| | integer | i | I | |
| | decimal | d | D | |
| | date | day | Day | |
| | select_one few | one | One | |
| | note | last | Last | {condition} |
| choices |
| | list_name | name | label |
| | few | 1 | 1 |
| | few | 01 | 01 |
| | few | １２ | 12 |
| | few | a | A |
"""
_ANSWERS = {
    "t": ["1", "01", "1.0", "１２", "1e3", "+5", "5", "05", "6", " 5", "1,5", "a", "A", "5.0000000000005", "2026-03-01"],
    "i": [-1.0, 0.0, 1.0, 5.0, 6.0, 12.0],
    "d": [0.0, 1.0, 1.5, 5.0, 5.5],
    "day": [evaluate(parse(f"date('{day}')"), str) for day in ("2026-03-01", "2026-03-02", "1970-01-02")],
    "one": ["1", "01", "１２", "a"],
}
_VALUES = "'1' '01' 1 5 5.5 '5' '１２' '+5' '1e3' '' 'a' date('2026-03-01') '2026-03-01' true()".split()
_OPERATORS = ["=", "!=", "<", "<=", ">", ">="]


@pytest.fixture(scope="session")
def rows() -> str:
    """The form in Markdown, with a place for the relevance of its note `last`."""
    return ROWS


@pytest.fixture(scope="session")
def conditions() -> Callable[[int, int], Iterator[str]]:
    """Gives so many random conditions, by seed."""

    def made(seed: int, count: int) -> Iterator[str]:
        chance = random.Random(seed)
        return (_condition(chance, chance.randrange(3)) for _ in range(count))

    return made


def _condition(chance: random.Random, depth: int) -> str:
    if depth and chance.random() < 0.7:
        one, other = _condition(chance, depth - 1), _condition(chance, depth - 1)
        return f"({one} {chance.choice(['and', 'or'])} {other})" if chance.random() < 0.8 else f"not({one})"
    name = chance.choice(["t", "t", "i", "d", "day", "one"])
    if chance.random() < 0.05:
        return f"boolean(${{{name}}})"
    return f"${{{name}}} {chance.choice(_OPERATORS)} {chance.choice(_VALUES)}"


@pytest.fixture(scope="session")
def outcomes() -> Callable[[str], set[bool]]:
    """Gives what a condition comes to over 60 interviews with random answers and blanks."""

    def seen(text: str) -> set[bool]:
        chance = random.Random(text)
        tree = parse(text)
        return {as_truth(evaluate(tree, _interview(chance).__getitem__)) for _ in range(60)}

    return seen


def _interview(chance: random.Random) -> dict[str, Scalar]:
    return {name: "" if chance.random() < 0.15 else chance.choice(values) for name, values in _ANSWERS.items()}
