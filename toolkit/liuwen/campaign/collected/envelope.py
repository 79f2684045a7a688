"""What every submission brings whatever its form: its ID, who sent it, when it was received and finished."""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from liuwen.responses import Responses

ENDS = ("end", "end_time")
"""Questions that hold the phone's clock when the form was finished."""
WHO = ("visitor", "receiver", "person", "chair", "by")
"""Questions that name the official; whoever signed in counts before them."""
WHEN = ("on_day", "visit_date", "date", "on", "today")


def rows_of(responses: "Responses", table: str = "") -> pd.DataFrame:
    """The rows of a table with what their submission says beside them.

    Args:
        responses: The answers to a form.
        table: The table, by default that of the submissions; a repeat takes the columns of its submission that it has not itself.

    Returns:
        A row a row of the table: its own columns, `event` (the instance ID, with its place in the repeat), `known` (when it
        was received, UTC), `sent_by`, `end`, `form_version`, `by`, `on`, `village`, `household`, and where the form keeps its
        start and end `minutes`, how long it was open.
    """
    from liuwen.responses import MAIN

    main = responses.table
    rows = main if table in ("", MAIN) else responses[table]
    if rows is not main:
        above = main.drop(columns=[column for column in main if column in rows])
        rows = rows.join(above, on="instance_id")
    made = rows.assign(
        event=rows.index.astype(str),
        known=rows["submitted_at"],
        by=_first(rows, WHO),
        on=_first(rows, WHEN),
        end=_first(rows, ENDS),
    )
    for column in ("village", "household", "sent_by"):
        made[column] = rows.get(column, "")
    if "start" in rows and "end" in rows:
        made["minutes"] = ((rows["end"] - rows["start"]).dt.total_seconds() / 60).round(1)
    return made.reset_index(drop=True)


def _first(rows: pd.DataFrame, names: tuple[str, ...]) -> "pd.Series[str] | str":
    name = next((name for name in names if name in rows), None)
    return "" if name is None else rows[name]
