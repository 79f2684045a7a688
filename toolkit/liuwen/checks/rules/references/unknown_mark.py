"""A `liuwen: ignore=` that names no rule."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.checks.ignoring import marks_of
from liuwen.checks.nearest import nearest
from liuwen.checks.rule_names import rule_names
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

MISSPELT = Sentence(
    zh="没有叫“{name}”的规则，是不是想写 liuwen: ignore={meant}？",
    en="there is no rule “{name}”; did you mean liuwen: ignore={meant}?",
)
UNKNOWN = Sentence(
    zh="没有叫“{name}”的规则，这个标记不起作用：请核对写法，或删去。",
    en="there is no rule “{name}”, so this mark has no effect; check the spelling, or delete it.",
)


def unknown_mark(facts: Facts) -> Iterator[Fault]:
    """What was meant to be silent would go on being said."""
    known = rule_names() | {"all"}
    for (sheet, row), (header, names) in marks_of(facts).items():
        for name in names:
            if name not in known:
                meant = nearest(name, known)
                yield warning(Place(sheet, row, header), (MISSPELT if meant else UNKNOWN).filled(name=name, meant=meant))
