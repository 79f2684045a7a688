"""What is asked of the parts where a sum, a product or a rounded number is compared with a number."""

from math import ceil, floor

from liuwen.expressions.values import MIRRORED

ARITHMETIC = frozenset({"+", "-", "*", "div"})

Demand = tuple[str, float]
"""How something is to stand to a number: (">=", 3.0)."""


def undone(sign: str, known: float, wanted: Demand, *, known_first: bool) -> Demand | None:
    """The demand on the other operand of a sum or product that makes the whole meet `wanted`; None if unknown.

    >>> undone("*", 12.0, (">", 36.0), known_first=False), undone("-", 100.0, ("<", 40.0), known_first=True)
    (('>', 3.0), ('>', 60.0))
    """
    operator, value = wanted
    if sign == "+":
        return operator, round(value - known, 9)
    if sign == "-":
        return (MIRRORED[operator], round(known - value, 9)) if known_first else (operator, round(value + known, 9))
    if known == 0 or (sign == "div" and known_first):
        return None
    worth = value / known if sign == "*" else value * known
    return operator if known > 0 else MIRRORED[operator], round(worth, 9)


def unrounded(function: str, wanted: Demand) -> tuple[Demand, ...]:
    """What `int` or `round` asks of the number it is given, all of it at once; nothing for "!=", which asks too little.

    >>> unrounded("int", ("=", 10.0)), unrounded("round", ("<", 10.0))
    ((('>=', 10.0), ('<', 11.0)), (('<', 9.5),))
    """
    operator, value = wanted
    half = 0.5 if function == "round" else 0.0
    least = floor(value) + 1 if operator == ">" else ceil(value)
    above = ceil(value) if operator == "<" else floor(value) + 1
    low = (">", least - 1.0) if function == "int" and least <= 0 else (">=", least - half)
    high = ("<", above - half)
    return {">": (low,), ">=": (low,), "<": (high,), "<=": (high,), "=": (low, high)}.get(operator, ())
