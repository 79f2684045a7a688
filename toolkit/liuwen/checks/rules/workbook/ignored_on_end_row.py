"""Something written on the row that closes a group, where nobody reads it."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, warning
from liuwen.form.headers import COLUMNS
from liuwen.messages import Sentence

IGNORED = Sentence(
    zh="“{column}”写在了 end 行，不会起作用：请移到对应的 begin 行。",
    en="“{column}” has no effect on the row that ends a group; move it to the row that begins it.",
)
_READ = frozenset({"type", "name", "note", "label", ""})


def ignored_on_end_row(facts: Facts) -> Iterator[Fault]:
    """Relevance and repeat counts belong to the beginning."""
    ends = {row for row, _, opens, _ in facts.brackets if not opens}
    for row, cells in facts.rows("survey"):
        for column in set(cells) - _READ if row in ends else ():
            if column in COLUMNS["survey"]:
                yield warning(facts.place("survey", row, column), IGNORED.filled(column=column))
