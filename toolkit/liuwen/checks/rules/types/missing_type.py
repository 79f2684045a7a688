"""A row with a name or a label, and no type."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.messages import Sentence

NO_TYPE = Sentence(
    zh="这一行有内容却没有题型（type）：请写上，或清空这一行。",
    en="this row has content but no type; write one, or clear the row.",
)


def missing_type(facts: Facts) -> Iterator[Fault]:
    """Pyxform refuses such a row, or passes over it."""
    for row, cells in facts.rows("survey"):
        said = cells.get("name", "") or cells.get("label", "")
        if said and not cells.get("type") and not said.startswith("#"):
            yield error(facts.place("survey", row, "type"), NO_TYPE)
