"""Groups and repeats."""

from collections.abc import Sequence
from typing import Unpack

from liuwen.form.builder.building import Item
from liuwen.form.builder.items import cell_text, plain_item
from liuwen.form.builder.options import QuestionOptions


def group(name: str, *, items: Sequence[Item], unlinked: bool = False, **settings: Unpack[QuestionOptions]) -> Item:
    """Questions that belong together.

    Args:
        name: The group's name.
        items: The questions, groups and repeats in it, in order.
        unlinked: Whether its answers are loaded into a table of their own, without a key to the rest of the interview.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    made = plain_item("group", "group", name, settings)
    mark = "; ".join(part for part in ("liuwen: unlinked" if unlinked else "", made.columns.get("note", "")) if part)
    return Item("group", "group", name, {**made.columns, **({"note": mark} if mark else {})}, made.wordings, None, tuple(items))


def repeat(name: str, *, items: Sequence[Item], count: str | int = "", **settings: Unpack[QuestionOptions]) -> Item:
    """Questions that are asked once for each of several people or things.

    Args:
        name: The repeat's name; `Responses` gives its table under this name.
        items: The questions, groups and repeats in it, in order.
        count: How often it is asked: a number or an expression. Without it, the visitor adds as many as needed.
        **settings: Labels, conditions and other cells of the row; see `QuestionOptions`.

    Returns:
        An item for `build_form`, `group` or `repeat`.
    """
    made = plain_item("repeat", "repeat", name, settings)
    counted = {"repeat_count": cell_text(count)} if count != "" else {}
    return Item("repeat", "repeat", name, {**made.columns, **counted}, made.wordings, None, tuple(items))
