"""What columns are called in Stata and SPSS, which allow 32 signs, a few of which number the labels.

The names are the same on the way out and on the way in.
"""

import re
from collections.abc import Iterable, Mapping

from liuwen.responses.plan import LINK_COLUMNS, SYSTEM_COLUMNS, TablePlan

LENGTH = 27
_RESERVED = frozenset("""byte int long float double str strl if in using with all and by eq ge gt le lt ne not or to""".split())
_OWN = ("key", *LINK_COLUMNS, *SYSTEM_COLUMNS)


def statistics_names(plan: TablePlan, table: str) -> Mapping[str, str]:
    """Column → its name there, a question before the dummies of choices ("needs/water"), which may come to the same name.

    >>> statistics_name("difficulties/needs of-the household and all of its members")
    'difficulties_needs_of_the_h'
    """
    columns = plan.tables[table].columns
    heads = [*_OWN, *(head for column in columns for head in column.heads)]
    for column in columns:
        listed = plan.choices(column) if column.kind == "choices" else None
        heads += [f"{column.name}/{name}" for name in (listed.names if listed else ())]
    return _unlike(heads)


def statistics_name(head: str) -> str:
    """A name of letters, digits and underscores that begins with a letter."""
    plain = re.sub(r"[^A-Za-z0-9]", "_", head)
    plain = plain if plain[:1].isalpha() else f"v{plain}"
    return (f"{plain}_" if plain in _RESERVED else plain)[:LENGTH]


def _unlike(heads: Iterable[str]) -> dict[str, str]:
    """A name for each, unlike the others in whatever case: SPSS knows no difference."""
    taken: set[str] = set()
    names = {}
    for head in dict.fromkeys(heads):
        plain = name = statistics_name(head)
        number = 1
        while name.lower() in taken:
            number += 1
            name = f"{plain[: LENGTH - len(str(number)) - 1]}_{number}"
        taken.add(name.lower())
        names[head] = name
    return names
