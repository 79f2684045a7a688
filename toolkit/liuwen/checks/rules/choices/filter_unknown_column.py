"""A choice filter that names a column the choices do not have."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.checks.nearest import nearest
from liuwen.expressions import Path
from liuwen.logic.fixed_values import walk_outside_predicates
from liuwen.messages import Sentence

NO_COLUMN = Sentence(
    zh="选项表里没有“{column}”列，列表会是空的：请核对列名。",
    en="the choices have no column “{column}”, so the list will be empty; check the name.",
)
MISSPELT = Sentence(
    zh="选项表里没有“{column}”列，是不是想写“{meant}”？",
    en="the choices have no column “{column}”; did you mean “{meant}”?",
)


def filter_unknown_column(facts: Facts) -> Iterator[Fault]:
    """Bare words of a filter are columns of the choices sheet, or of the file that the list comes from."""
    for formula, tree in facts.trees("choice_filter"):
        columns = facts.columns_offered(formula.element)
        if columns is None:
            continue
        for part in walk_outside_predicates(tree):
            word = part.bare_word if isinstance(part, Path) else None
            if word and word not in columns and not word.endswith("()"):
                meant = nearest(word, columns)
                yield error(formula.place, MISSPELT.filled(column=word, meant=meant) if meant else NO_COLUMN.filled(column=word))
