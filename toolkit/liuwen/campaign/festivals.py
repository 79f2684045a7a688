"""Festival days of the lunar calendar, 1990 to 2060, and the windows round them."""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from liuwen.campaign.days import number_of
from liuwen.campaign.schema import LUNAR_DAYS, FestivalRule
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

NO_TABLE = Sentence(
    zh="没有{year}年的节日日期：节日表只到{first}年至{last}年。请换一个年份。",
    en="There are no festival days for {year}: the table has {first} to {last}. Choose another year.",
)


def festival_day(rule: FestivalRule, year: int) -> int:
    """The day on which a festival falls.

    Source: computed once with two independent libraries that agree on all 213 dates, and kept in `festival_days.csv`.

    Args:
        rule: The festival; its `lunar` day is New Year, the fifth of the fifth or the fifteenth of the eighth month.
        year: The year of the lunar calendar, which begins in January or February of that year.

    Returns:
        The number of the day.

    Raises:
        CampaignError: The table has no such year.

    Example:
        >>> from liuwen.campaign.days import date_of
        >>> date_of(festival_day(FestivalRule(lunar=(1, 1)), 2026))
        datetime.date(2026, 2, 17)
    """
    table = _table()
    if year not in table:
        raise CampaignError(NO_TABLE.filled(year=year, first=min(table), last=max(table)))
    return number_of(table[year][LUNAR_DAYS[rule.lunar]])


@cache
def _table() -> Mapping[int, Mapping[str, date]]:
    text = files("liuwen.campaign").joinpath("festival_days.csv").read_text(encoding="utf-8")
    names = LUNAR_DAYS.values()
    return {
        int(row["year"]): {name: date.fromisoformat(f"{row['year']}-{row[name]}") for name in names}
        for row in csv.DictReader(text.splitlines())
    }
