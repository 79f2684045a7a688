"""Festival days of 1990 to 2060: the table against two libraries."""

from datetime import date, timedelta

import pytest

import liuwen as lw
from liuwen.campaign.days import date_of, number_of
from liuwen.campaign.duties.periods import duty_periods
from liuwen.campaign.festivals import festival_day
from liuwen.campaign.schema import LUNAR_DAYS, FestivalRule
from liuwen.errors import CampaignError

EARLIER = """
[calendar.festivals]
spring = { zh = "春节", en = "Spring Festival", lunar = [1, 1], before = 45, after = 14 }
"""
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


def test_windows_of_all_years_lie_round_the_days_of_a_library() -> None:
    """Chongqing's three windows of 1990 to 2060; Spring Festival's may begin in the old year, and none is cut at New Year."""
    from lunar_python import Lunar

    programme = lw.read_campaign("chongqing", change=EARLIER).programme
    [duty] = [one for one in programme.duties if one.id == "festivals"]
    springs = 0
    for year in range(1990, 2061):
        for period, rule in zip(duty_periods(duty, programme, year), programme.calendar.festivals.values(), strict=True):
            solar = Lunar.fromYmd(year, *rule.lunar).getSolar()
            day = date(solar.getYear(), solar.getMonth(), solar.getDay())
            window = day - timedelta(days=rule.before), day + timedelta(days=rule.after)
            assert (date_of(period.begins), date_of(period.ends), period.festival) == (*window, number_of(day))
            if rule.lunar == (1, 1):
                springs += 1
                assert (window[0].year < year) == (day <= date(year, 2, 14))
    assert springs == 71
