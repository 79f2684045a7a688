"""The reported cases cut short, in another encoding, reordered, with columns renamed, doubled or exchanged."""

from pathlib import Path

import pandas as pd
import pytest

from liuwen.errors import ReadError
from liuwen.responses import read_responses

CASES = Path(__file__).parents[1] / "cases"
FILES = {
    "aggregate_dates.csv": "battery.md", "surveycto_wide.csv": "battery.md", "odata_no_expand.json": "battery.md",
    "ona_na.csv": "battery.md", "odata_deleted_rejected.json": "battery.md", "only_repeat.json": "only_repeat.md",
    "repeat_became_group.json": "battery.md",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("keep", [0.2, 0.5, 0.8, 0.97])
def test_cut_short(name: str, keep: float, tmp_path: Path) -> None:
    """What is read adds up; what cannot be read is one sentence that names the file."""
    data = (CASES / name).read_bytes()
    (tmp_path / name).write_bytes(data[: round(len(data) * keep)])
    try:
        read = read_responses(tmp_path / name, CASES / FILES[name])
    except ReadError as refusal:
        assert str(refusal)
    else:
        assert read.counts["given"] == len(read) + read.counts["rejected"] + read.counts["again"] + read.counts["replaced"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
def test_in_another_encoding(name: str, encoding: str, tmp_path: Path) -> None:
    """The same tables."""
    (tmp_path / name).write_bytes((CASES / name).read_text(encoding="utf-8").encode(encoding))
    read, told = (read_responses(path, CASES / FILES[name]) for path in (tmp_path / name, CASES / name))
    for table in told.tables:
        pd.testing.assert_frame_equal(read[table], told[table])


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".csv")])
def test_reordered_doubled_and_renamed(name: str) -> None:
    """Reordered and doubled columns give the same; a renamed one is reported, value for value."""
    form = CASES / FILES[name]
    frame = pd.read_csv(CASES / name, dtype=str, keep_default_na=False)
    told = read_responses(frame, form)
    pd.testing.assert_frame_equal(read_responses(frame[frame.columns[::-1]], form).table, told.table)
    pd.testing.assert_frame_equal(read_responses(pd.concat([frame, frame["village"]], axis=1), form).table, told.table)
    renamed = read_responses(frame.rename(columns={"village": "hamlet"}), form)
    assert renamed.unknown.loc[renamed.unknown["field"] == "hamlet", "value"].tolist() == frame["village"].tolist()
    assert renamed.table["village"].isna().all()
    assert renamed.asked("village").isna().all()


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("aggregate_dates.csv", "village", "visit"),
        ("aggregate_dates.csv", "village", "at"),
        ("surveycto_wide.csv", "name_1", "age_1"),
        ("ona_na.csv", "village", "hh"),
        ("ona_na.csv", "visit", "road"),
        ("ona_na.csv", "village", "needs"),
    ],
)
def test_exchanged_values_are_kept(name: str, first: str, second: str) -> None:
    """What stands in the wrong column is in its table, or reported with its own key; no other row is changed."""
    form = CASES / FILES[name]
    frame = pd.read_csv(CASES / name, dtype=str, keep_default_na=False)
    told = read_responses(frame.rename(columns={first: second, second: first}), form)
    untouched = [head for head in read_responses(frame, form).table if head not in {first, second}]
    pd.testing.assert_frame_equal(told.table[untouched], read_responses(frame, form).table[untouched])
    kept = {str(cell) for table in told.tables.values() for cell in table.to_numpy().ravel()}
    for given, key in zip(frame[first], told.table.index, strict=True):
        reported = told.unknown[told.unknown["key"].str.startswith(key) & (told.unknown["value"] == given)]
        assert given in kept or len(reported) or given == "n/a"
