"""Groups and repeats."""

from collections.abc import Sequence
from typing import Unpack

from liuwen.form.builder.building import Item
from liuwen.form.builder.items import cell_text, plain_item
from liuwen.form.builder.options import QuestionOptions


def group(name: str, *, items: Sequence[Item], unlinked: bool = False, **given: Unpack[QuestionOptions]) -> Item:
    """Questions that belong together; with `unlinked`, their answers are loaded apart from the rest of the interview."""
    made = plain_item("group", "group", name, given)
    mark = "; ".join(part for part in ("liuwen: unlinked" if unlinked else "", made.columns.get("note", "")) if part)
    return Item("group", "group", name, {**made.columns, **({"note": mark} if mark else {})}, made.wordings, None, tuple(items))


def repeat(name: str, *, items: Sequence[Item], count: str | int = "", **given: Unpack[QuestionOptions]) -> Item:
    """Questions asked once for each of several; `count` is a number or an expression, else the visitor adds as many as needed."""
    made = plain_item("repeat", "repeat", name, given)
    counted = {"repeat_count": cell_text(count)} if count != "" else {}
    return Item("repeat", "repeat", name, {**made.columns, **counted}, made.wordings, None, tuple(items))
