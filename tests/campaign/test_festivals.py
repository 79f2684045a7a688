"""Festival days of 1990 to 2060: the table against two libraries."""

from datetime import date

import pytest

from liuwen.campaign.days import date_of
from liuwen.campaign.festivals import festival_day
from liuwen.campaign.schema import LUNAR_DAYS, FestivalRule
from liuwen.errors import CampaignError

DAYS = [(year, lunar) for year in range(1990, 2061) for lunar in LUNAR_DAYS]


def test_all_213_dates_are_those_of_two_libraries() -> None:
    """lunar-python and sxtwl are independent of each other, and used only here."""
    import sxtwl
    from lunar_python import Lunar

    assert len(DAYS) == 213
    for year, (month, day) in DAYS:
        found = date_of(festival_day(FestivalRule(lunar=(month, day)), year))
        one, other = Lunar.fromYmd(year, month, day).getSolar(), sxtwl.fromLunar(year, month, day)
        assert found == date(one.getYear(), one.getMonth(), one.getDay())
        assert found == date(other.getSolarYear(), other.getSolarMonth(), other.getSolarDay())


@pytest.mark.parametrize("year", [1989, 2061])
def test_a_year_without_a_table_is_an_error(year: int) -> None:
    """An error instead of a wrong day."""
    with pytest.raises(CampaignError, match=f"festival days for {year}|{year}年的节日"):
        festival_day(FestivalRule(lunar=(1, 1)), year)
