"""A label that several choices share means the one that the choice filter offered to the row: "Centre" of the north."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from liuwen.expressions import Binary, Expression, ExpressionError, Named, Path, try_parse
from liuwen.form.elements import Choice, ChoiceList
from liuwen.responses.from_exports.asking import Asking
from liuwen.responses.from_exports.cells import shared_labels
from liuwen.responses.from_exports.collecting import coded
from liuwen.responses.from_exports.split_columns import Answers
from liuwen.responses.plan import Column, TablePlan


def with_filtered_labels(column: Column, host: str, told: Answers, plan: TablePlan, asking: Asking) -> Answers:
    """The answers with shared labels as the stored name of the one choice that the row's other answers leave."""
    listed = plan.choices(column)
    tree = try_parse(column.element.cell("choice_filter"))
    equalities = [] if isinstance(tree, ExpressionError) or listed is None else list(_equalities(tree))
    shared = shared_labels(listed) if listed and equalities else {}
    if listed is None or not shared or not any(cell in shared for cell in told.cells.different):
        return told
    cells = [
        _settled(listed, shared[cell], [(name, asking.answer_to(question, host, row)) for name, question in equalities]) or cell
        if cell in shared
        else cell
        for row, cell in enumerate(told.cells)
    ]
    return replace(told, cells=coded(cells))


def _settled(listed: ChoiceList, names: Sequence[str], wanted: Sequence[tuple[str, object]]) -> str | None:
    fitting = {
        choice.name for choice in listed if choice.name in names and all(_cell(choice, name) == value for name, value in wanted)
    }
    return fitting.pop() if len(fitting) == 1 else None


def _cell(choice: Choice, column: str) -> str:
    return choice.name if column == "name" else choice.columns.get(column, "")


def _equalities(tree: Expression) -> Iterator[tuple[str, str]]:
    """The column and the question of each `column = ${question}` that an `and` joins."""
    match tree:
        case Binary(operator="and", left=left, right=right):
            yield from _equalities(left)
            yield from _equalities(right)
        case (
            Binary(operator="=", left=Path() as path, right=Named() as named)
            | Binary(operator="=", left=Named() as named, right=Path() as path)
        ) if path.bare_word:
            yield path.bare_word, named.name
        case _:
            pass
