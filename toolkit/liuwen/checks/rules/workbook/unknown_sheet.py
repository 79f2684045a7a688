"""A sheet whose name is one slip away from one that XLSForm reads."""

from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.checks.nearest import nearest
from liuwen.form.headers import SHEETS
from liuwen.form.sheets import Place
from liuwen.messages import Sentence

MISSPELT = Sentence(
    zh="这张表不会被读取，是不是想写“{meant}”？请改名；不是的话，请在表名前加下划线。",
    en="this sheet is not read; did you mean “{meant}”? Rename it; if not, start its name with an underscore.",
)


def unknown_sheet(facts: Facts) -> Iterator[Fault]:
    """A sheet with a misspelt name is silently ignored."""
    absent = [name for name in SHEETS if facts.form.sheet(name) is None]
    for sheet in facts.form.sheets:
        if sheet.name.strip().lower() in SHEETS or sheet.name.startswith("_"):
            continue
        meant = nearest(sheet.name, absent)
        if meant:
            yield error(Place(sheet.name), MISSPELT.filled(meant=meant))
