"""A group or repeat that is opened and not closed, or closed and not opened."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.messages import Sentence

NEVER_OPENED = Sentence(
    zh="这里有“end {kind}”，前面却没有对应的“begin {kind}”：请删去这一行，或补上开头。",
    en="this “end {kind}” has no “begin {kind}” before it; delete this row, or add the beginning.",
)
NEVER_CLOSED = Sentence(
    zh="“{name}”没有结束行：请在它的末尾加一行“end {kind}”。",
    en="“{name}” has no end; add a row “end {kind}” after its last question.",
)
CROSSED = Sentence(
    zh="这一行结束的是 {kind}，而最近开始的是第 {row} 行的 {opened}“{name}”：请改成“end {opened}”，或调整顺序。",
    en="this ends a {kind}, but the last one begun is the {opened} “{name}” in row {row}; write “end "
    "{opened}”, or reorder the rows.",
)


def unbalanced_groups(facts: Facts) -> Iterator[Fault]:
    """Every begin has its end, of the same kind, in the right order."""
    waiting: list[tuple[int, str, str]] = []
    for row, kind, opens, name in facts.brackets:
        if opens:
            waiting.append((row, kind, name))
        elif not waiting:
            yield error(facts.place("survey", row, "type"), NEVER_OPENED.filled(kind=kind))
        else:
            opened_row, opened, opened_name = waiting.pop()
            if opened != kind:
                values = {"kind": kind, "opened": opened, "name": opened_name, "row": opened_row}
                yield error(facts.place("survey", row, "type"), CROSSED.filled(**values))
    for row, kind, name in waiting:
        yield error(facts.place("survey", row, "type"), NEVER_CLOSED.filled(name=name, kind=kind))
