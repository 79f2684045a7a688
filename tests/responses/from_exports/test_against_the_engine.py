"""What an export leaves to be worked out is what JavaRosa had decided."""

import pandas as pd
import pytest

from liuwen.questionnaires import household_interview
from liuwen.responses import MAIN, read_responses
from liuwen.simulation import simulate


@pytest.mark.slow
def test_asked_matches_the_engine():
    """Every cell of interviews that JavaRosa filled in: asked or not, and every value, after a trip through an export."""
    told = simulate(household_interview(), 8, seed=5)
    linked = [name for name, table in told.plan.tables.items() if not table.unlinked]
    read = read_responses({name: _exported(told, name) for name in linked}, told.form)
    for name in linked:
        pd.testing.assert_frame_equal(_answers(read, name), _answers(told, name))
        for column in told.plan.tables[name].columns:
            assert read.asked(column.name).tolist() == told.asked(column.name).tolist(), column.name


def _answers(responses, name: str) -> pd.DataFrame:
    return responses[name].drop(columns=["submitted_at", "form_version", "sent_by"], errors="ignore")


def _exported(responses, name: str) -> pd.DataFrame:
    table = responses[name]
    columns: dict[str, list[object]] = {"KEY": list(table.index)}
    if name != MAIN:
        columns["PARENT_KEY"] = list(table["parent_key"])
    for column in responses.plan.tables[name].columns:
        parts = zip(*(table[head] for head in column.heads), strict=True)
        columns[column.path] = [None if pd.isna(part[0]) else _cell(part) for part in parts]
    return pd.DataFrame(columns, dtype=object)


def _cell(parts: tuple[object, ...]) -> object:
    if len(parts) > 1:
        return " ".join(map(str, parts))
    return parts[0].isoformat() if isinstance(parts[0], pd.Timestamp) else parts[0]
