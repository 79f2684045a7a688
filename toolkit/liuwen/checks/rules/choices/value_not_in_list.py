"""A comparison with a value that is no choice of the question's list."""

from collections.abc import Iterator
from dataclasses import replace
from math import isnan

from liuwen.checks.facts import Facts, Formula
from liuwen.checks.findings import Fault, error, warning
from liuwen.checks.nearest import nearest
from liuwen.expressions import COMPARISONS
from liuwen.expressions.values import as_number, equal, plain_text
from liuwen.logic.fixed_values import Comparison
from liuwen.logic.reasoning import outcome
from liuwen.messages import Sentence

NO_CHOICE = Sentence(
    zh="“{name}”的选项里没有“{value}”，这个条件不会起作用：请改成列表“{list}”里的值。",
    en="“{value}” is not a choice of “{name}”, so this never matches; use a value of the list “{list}”.",
)
ALWAYS_OTHER = Sentence(
    zh="“{name}”的选项里没有“{value}”，“不等于”它总是成立：请改成列表“{list}”里的值，或删去。",
    en="“{value}” is not a choice of “{name}”, so != is always true; use a value of the list “{list}”, or delete this part.",
)
MISSPELT = Sentence(
    zh="“{name}”的选项里没有“{value}”，是不是想写“{meant}”？",
    en="“{value}” is not a choice of “{name}”; did you mean “{meant}”?",
)
ACKNOWLEDGED = Sentence(
    zh="“{name}”确认后的值是 OK，永远不是“{value}”：请写成 ${{{name}}} = 'OK'。",
    en="“{name}” holds OK once it is acknowledged, and never “{value}”; write ${{{name}}} = 'OK'.",
)
SPACE = Sentence(
    zh="“{name}”与一个空格比较；没有答案不等于空格：请写成 ''。",
    en="“{name}” is compared with a space, which a missing answer is not; write ''.",
)
SPACED = Sentence(
    zh="“{value}”前后多了空格，永远不等于选项“{meant}”：请删去空格。",
    en="“{value}” has a space too many and never equals the choice “{meant}”; delete the space.",
)


def value_not_in_list(facts: Facts) -> Iterator[Fault]:
    """Neither pyxform nor JavaRosa minds; an error where it is a slip or leaves the condition dead, a warning elsewhere."""
    for formula, comparison in facts.comparisons:
        element = comparison.element
        if isinstance(comparison.value, str) and comparison.value.isspace() and comparison.operator in {"=", "!="}:
            yield error(formula.place, SPACE.filled(name=element.name))
            continue
        if element.type == "acknowledge":
            yield from _of_acknowledged(formula, comparison)
            continue
        choices = facts.choices_of(element) if element.is_select else None
        value = plain_text(comparison.value).strip()
        if choices is None or not value or value == "NaN" or "${" in (element.list_name or "") or "%(" in value:
            continue  # `%(name)s` inside a loop stands for each choice
        values = facts.values.get(choices.name, frozenset(choices.names))
        written = comparison.value
        if isinstance(written, str) and written != value in values and comparison.operator in {"=", "!="}:
            yield error(formula.place, SPACED.filled(value=written, meant=value))
        if value in values or _is_number_of_one(comparison, values) or _is_a_count(comparison, values):
            continue
        meant = nearest(value, values)
        severity = error if meant or _is_dead(facts, formula) else warning
        said = MISSPELT if meant else ALWAYS_OTHER if comparison.operator == "!=" else NO_CHOICE
        yield severity(formula.place, said.filled(name=element.name, value=value, list=choices.name, meant=meant))


def _of_acknowledged(formula: Formula, comparison: Comparison) -> Iterator[Fault]:
    """It has one value; as a truth it may be compared."""
    value = plain_text(comparison.value)
    if value and value != "OK" and not isinstance(comparison.value, bool) and comparison.operator in {"=", "!=", "selected"}:
        yield error(formula.place, ACKNOWLEDGED.filled(name=comparison.element.name, value=value))


def _is_dead(facts: Facts, formula: Formula) -> bool:
    """Whether the condition can never be true when only the list's own values are answered."""
    known = replace(facts.known, only_choices=True)
    return formula.tree is not None and outcome([formula.tree], formula.element, known) == "never"


def _is_a_count(comparison: Comparison, values: frozenset[str]) -> bool:
    """Whether how many are selected is meant, of which another rule tells."""
    several = comparison.element.type in {"select_multiple", "rank"} and comparison.operator in COMPARISONS - {"=", "!="}
    return several and isinstance(comparison.value, float) and all(isnan(as_number(name)) for name in values)


def _is_number_of_one(comparison: Comparison, values: frozenset[str]) -> bool:
    """Whether it is compared as a number that some choice spells otherwise, as 1 does "01"; = does not take '1' for "01"."""
    as_text = isinstance(comparison.value, str) and comparison.operator in {"=", "!=", "selected"}
    return not as_text and any(equal(as_number(comparison.value), name) for name in values)
