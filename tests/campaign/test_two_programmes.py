"""One made-up town under three programmes: briefs add up month by month, and what hangs stays as it hung."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

import liuwen as lw
from liuwen.campaign import MadeUpTown, made_up_town, read_campaign, read_published
from liuwen.campaign.phone_list import phone_list


@pytest.fixture(scope="module")
def town() -> MadeUpTown:
    """Two villages from April to July."""
    return made_up_town(2, 16, months=4)


@pytest.mark.parametrize("programme", ["hubin"])
def test_each_brief_continues_the_one_before(town: MadeUpTown, programme: str) -> None:
    """What a brief says of the month before is what that month's brief said; entered before and since make all."""
    campaign = read_campaign(programme, 2026, registers=town.registers, events=town.events)
    briefs = [campaign.brief(month).figures.set_index("figure") for month in ("2026-05", "2026-06")]
    for before, after in pairwise(briefs):
        pd.testing.assert_series_equal(after["before"], before["numerator"], check_names=False)
        assert after.loc["raised", "base"] == before.loc["raised", "base"] + after.loc["raised", "numerator"]
        assert (after["change"].dropna() == (after["numerator"] - after["before"]).dropna()).all()
    last = briefs[-1]
    visits = town.events["visit"].query("mode == 'home' and outcome == 'interviewed'")
    begins = pd.Timestamp("2026-04-01" if programme == "hubin" else "2026-01-01")
    days = pd.to_datetime(visits["on"]), pd.to_datetime(visits["received"])
    seen = visits[(days[0] >= begins) & (days[0] <= pd.Timestamp("2026-06-30")) & (days[1] <= pd.Timestamp("2026-06-30"))]
    assert last.loc["visited", "numerator"] == seen["household"].nunique()
    assert last.loc["open", "numerator"] <= last.loc["open", "base"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, town: MadeUpTown) -> Iterator[lw.Store]:
    """The store of the town."""
    with lw.Store(tmp_path_factory.mktemp("two") / "town") as kept:
        for name, table in {**town.registers, "desk_steps": town.events["matters"]}.items():
            kept.desk_tables[name] = table
        yield kept


def test_two_programmes_on_one_store_disturb_nothing_published(store: lw.Store, town: MadeUpTown, tmp_path: Path) -> None:
    """One publishes; the other counts, lists and writes from the same store. Files, numbers, phones and duties stay."""
    visits = {"visit": town.events["visit"]}
    one = read_campaign("hubin", 2026, store=store, events=visits)
    folder = tmp_path / "published"
    code = one.screen("2026-06").code
    one.publish("2026-06", folder, language="zh", looked_at=code)
    kept = store.desk_tables["published"]
    one = read_campaign("hubin", 2026, store=store, events=visits)
    day = "2026-07-10"
    before = one.ledger(on=day).table, phone_list(one, day), pd.DataFrame(one.duties(day))

    other = read_campaign("chongqing", 2026, store=store, events=visits)
    assert len(other.duties(day)) and len(other.ledger(on=day).table) == len(before[0])
    other.write_brief("2026-06", tmp_path / "brief", language="zh", pdf=False)

    assert len(read_published(folder).table) > 0 and read_published(folder).changed() == []
    pd.testing.assert_frame_equal(store.desk_tables["published"], kept)
    again = read_campaign("hubin", 2026, store=store, events=visits)
    after = again.ledger(on=day).table, phone_list(again, day), pd.DataFrame(again.duties(day))
    for was, now in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(was, now)
