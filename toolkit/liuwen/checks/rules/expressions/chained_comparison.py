"""Two comparisons in a row, as in mathematics: `18 < ${age} < 60`."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.expressions import COMPARISONS, Binary, Expression
from liuwen.expressions.rewriting import written
from liuwen.messages import Sentence

CHAINED = Sentence(
    zh="{text} 先比较前两个，得到“成立”或“不成立”（1 或 0），再拿它去比第三个，结果不是想要的：请写成 {meant}。",
    en="{text} compares the first two and then compares that result (1 or 0) with the third; write {meant}.",
)


def chained_comparison(facts: Facts) -> Iterator[Fault]:
    """Phones read it from the left. Two comparisons compared, or brackets around one before `=`, mean its truth."""
    for formula in facts.formulas:
        chains = [part for part in formula.parts if isinstance(part, Binary) and _chains(formula.text, part)]
        inner = {id(part.left) for part in chains}
        for part in chains:
            if id(part) not in inner:
                terms = _unchained(formula.text, part)
                yield error(formula.place, CHAINED.filled(text=written(part), meant=" and ".join(terms)))


def _chains(text: str, part: Binary) -> bool:
    before = part.left
    if part.operator not in COMPARISONS or _is_comparison(part.right):
        return _from_the_right(part)
    if not _is_comparison(before):
        return False
    return part.operator not in {"=", "!="} or not _is_bracketed(text, before)


def _from_the_right(part: Binary) -> bool:
    """`18 < (${age} < 60)`: the brackets only change which two are compared first."""
    ordered = part.operator in COMPARISONS - {"=", "!="}
    return ordered and _is_comparison(part.right) and not _is_comparison(part.left)


def _unchained(text: str, part: Binary) -> list[str]:
    before, after = part.left, part.right
    if isinstance(after, Binary) and _from_the_right(part):
        return [f"{written(before)} {part.operator} {written(after.left)}", written(after)]
    assert isinstance(before, Binary)
    first = _unchained(text, before) if _chains(text, before) else [written(before)]
    return [*first, f"{written(before.right)} {part.operator} {written(part.right)}"]


def _is_comparison(part: Expression) -> bool:
    return isinstance(part, Binary) and part.operator in COMPARISONS


def _is_bracketed(text: str, part: Expression) -> bool:
    return text[: part.start].rstrip().endswith("(") and text[part.end :].lstrip().startswith(")")
