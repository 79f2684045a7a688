"""The plan that *today* is compared with: how many answers each collector and each village should bring."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
from starlette.responses import RedirectResponse, Response

from liuwen.messages import Sentence
from liuwen.openrosa.refused import RefusedError

if TYPE_CHECKING:
    from liuwen.office.request import OfficeRequest
    from liuwen.store import Store

NO_NUMBER = Sentence(
    zh="计划要是 0 到 99999 的整数，不是“{given}”。", en='A plan is a whole number from 0 to 99999, not "{given}".'
)

Kind = Literal["visitor", "village"]
TABLE = "office_plan"
"""The desk table that keeps it; earlier plans stay there too."""


def planned(store: "Store", kind: Kind) -> dict[str, int]:
    """How many answers are planned, by name of collector, or of village in the first language of its form."""
    table = store.desk_tables.get(TABLE)
    if table is None or table.empty:
        return {}
    rows = table[table["kind"] == kind]
    return {name: int(wanted) for name, wanted in zip(rows["name"], rows["wanted"], strict=True)}


def keep_plan(asked: "OfficeRequest") -> Response:
    """Keep the plan that was filled in on *today*; a blank field is no plan."""
    rows = [
        {"kind": kind, "name": name, "wanted": _number(given)}
        for field, given in asked.fields.items()
        for kind, _, name in [field.partition("/")]
        if kind in {"visitor", "village"} and name and given.strip()
    ]
    asked.office.store.desk_tables[TABLE] = pd.DataFrame(rows, columns=["kind", "name", "wanted"])
    return RedirectResponse("/?done=planned", 303)


def beside_plan(
    rows: list[dict[str, Any]], plan: Mapping[str, int], names: list[str], words: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Rows of counts with their plan, and a row for each name that has a plan or could have one, and no answer yet.

    `words` are what a name is called in the language of the page, `name` stays the same in all of them.
    """
    blank: dict[str, Any] = {"today": 0, "week": 0, "total": 0, "last": ""}
    there = {str(row["name"]): row for row in rows}
    every = sorted({*there, *plan, *names}, key=lambda name: words.get(name, name))
    return [
        {**blank, "name": name, **there.get(name, {}), "called": words.get(name, name), "wanted": plan.get(name)}
        for name in every
    ]


def _number(given: str) -> int:
    text = given.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        raise RefusedError(400, NO_NUMBER.filled(given=text[:20]))
    return int(text)
