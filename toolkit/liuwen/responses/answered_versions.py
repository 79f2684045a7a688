"""Which versions of the form were answered, by how many, and when."""

from typing import TYPE_CHECKING

import pandas as pd

from liuwen.responses.plan import MAIN

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses


def answered_versions(responses: "Responses") -> pd.DataFrame:
    """A row a version, in the order in which they were first received."""
    table = responses.table
    version = table["form_version"].fillna("")
    asked = pd.DataFrame(
        {column.name: responses.asked(column.name) for column in responses.plan.tables[MAIN].columns}, index=table.index
    )
    grouped = table.groupby(version, sort=False)["submitted_at"]
    found = pd.DataFrame(
        {"submissions": table.groupby(version, sort=False).size(), "first": grouped.min(), "last": grouped.max()}
    )
    counts = asked.groupby(version, sort=False).any().sum(axis=1) if len(asked.columns) else 0
    return found.assign(asked=counts).sort_values("first", kind="stable").rename_axis("form_version")
