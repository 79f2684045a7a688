"""A look-up of a column that a list does not have on the phone: `instance('villages')/root/item[…]/label`."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.checks.nearest import nearest
from liuwen.expressions import Path, walk
from liuwen.expressions.tree import Step
from liuwen.form.elements import ChoiceList
from liuwen.messages import Sentence

NO_COLUMN = Sentence(
    zh="列表“{list}”没有“{column}”列，查出来永远是空的：请核对列名。",
    en="the list “{list}” has no column “{column}”, so the look-up is always blank; check the name.",
)
MISSPELT = Sentence(
    zh="列表“{list}”没有“{column}”列，查出来永远是空的：是不是想写“{meant}”？",
    en="the list “{list}” has no column “{column}”, so the look-up is always blank; did you mean “{meant}”?",
)
TRANSLATED = Sentence(
    zh="列表“{list}”的 label 有译文，手机把它放在别处，这样查永远是空的：请用 jr:choice-name()，或写 jr:itext(…/itextId)。",
    en="the labels of “{list}” are translated, and phones keep those elsewhere, so this look-up is always blank; use "
    "jr:choice-name(), or jr:itext(…/itextId).",
)


def missing_list_column(facts: Facts) -> Iterator[Fault]:
    """The columns of lists on the choices sheet and of files that are at hand; JavaRosa takes what is not there for blank."""
    for formula in facts.formulas:
        for part in formula.parts:
            listed = part.instance if isinstance(part, Path) else None
            columns = facts.columns_of_list(listed) if listed else None
            if listed is None or columns is None or not isinstance(part, Path):
                continue
            choices = facts.form.choice_lists.get(listed)
            is_translated = choices is not None and _is_translated(choices)
            for column in dict.fromkeys(_columns(part.steps)):
                if column == "label" and is_translated:
                    yield error(formula.place, TRANSLATED.filled(list=listed))
                elif column not in columns and not (column == "itextId" and is_translated):
                    meant = nearest(column, columns)
                    yield error(formula.place, (MISSPELT if meant else NO_COLUMN).filled(list=listed, column=column, meant=meant))


def _columns(steps: tuple[Step, ...]) -> Iterator[str]:
    """What stands behind `root/item`, and the bare words of its conditions."""
    if [step.name for step in steps[:2]] != ["root", "item"]:
        return
    if len(steps) == 3 and steps[2].axis == "child":
        yield steps[2].name
    for predicate in steps[1].predicates:
        yield from (word for part in walk(predicate) if isinstance(part, Path) and (word := part.bare_word))


def _is_translated(choices: ChoiceList) -> bool:
    """Whether pyxform keeps the labels apart from the list: in several languages, or with pictures and sounds."""
    return any(
        set(wording.texts) - {""} or column != "label" for choice in choices for column, wording in choice.wordings.items()
    )
