"""A choice filter that names a column the choices do not have."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.checks.nearest import nearest
from liuwen.expressions import COMPARISONS, Binary, Expression, Path
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

QUESTION = Sentence(
    zh="{column} 是一道题，不加 ${{}} 就当作选项表的一列，列表会是空的：请写成 ${{{column}}}。",
    en="{column} is a question, but without ${{}} it is read as a column of the choices and the list will be empty; write "
    "${{{column}}}.",
)
UNQUOTED = Sentence(
    zh="{column} 没有引号，会当作选项表的一列，列表会是空的：请写成 '{column}'。",
    en="{column} has no quotes, so it is read as a column of the choices and the list will be empty; write '{column}'.",
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
                said = MISSPELT if meant else NO_COLUMN
                if word in _compared(tree):
                    said = UNQUOTED if word in _values(facts) else QUESTION if word in facts.named else said
                yield error(formula.place, said.filled(column=word, meant=meant))


def _compared(tree: Expression) -> set[str]:
    """The bare words that stand on the right of a comparison, where a value is expected."""
    sides = (part.right for part in walk_outside_predicates(tree) if isinstance(part, Binary) and part.operator in COMPARISONS)
    return {side.bare_word for side in sides if isinstance(side, Path) and side.bare_word}


def _values(facts: Facts) -> set[str]:
    """Every value in the columns that filters ask for."""
    lists = facts.form.choice_lists.values()
    return {value for choices in lists for choice in choices for value in (choice.name, *choice.columns.values())}
