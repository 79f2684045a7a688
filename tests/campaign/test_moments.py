"""The phone's clock, by which steps of one day are put in order."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from liuwen.campaign.days import ALWAYS, EVER, NO_DAY, as_day
from liuwen.campaign.moments import LAST, read_moments

CHINA, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
DAY = as_day("2026-06-05")


def moment(text: str, day: int = DAY, zone: ZoneInfo = CHINA) -> int:
    return int(read_moments(pd.Series([text]), np.array([day]), zone)[0])


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-06-05T09:30:00+08:00", (2026, 6, 5, 1, 30)),
        ("2026-06-05T09:30:00Z", (2026, 6, 5, 9, 30)),
        ("2026-06-05T09:30:00", (2026, 6, 5, 1, 30)),
        ("2026-06-04 23:59", (2026, 6, 4, 15, 59)),
        ("09:30", (2026, 6, 5, 1, 30)),
        ("09:30:15", (2026, 6, 5, 1, 30, 15)),
        ("00:00", (2026, 6, 4, 16, 0)),
        ("23:59:59", (2026, 6, 5, 15, 59, 59)),
    ],
)
def test_a_moment_is_one_second_of_the_worlds_clock(text: str, utc: tuple[int, ...]) -> None:
    """With a zone as it says, without one in the programme's; a time alone is of the event's own day."""
    assert moment(text) == int(datetime(*utc, tzinfo=UTC).timestamp())


def test_a_time_alone_follows_the_summer_time_of_its_day() -> None:
    """Noon in Berlin is 10:00 in UTC in July and 11:00 in January."""
    assert moment("12:00", as_day("2026-07-01"), BERLIN) == int(datetime(2026, 7, 1, 10, tzinfo=UTC).timestamp())
    assert moment("12:00", as_day("2026-01-01"), BERLIN) == int(datetime(2026, 1, 1, 11, tzinfo=UTC).timestamp())


@pytest.mark.parametrize("text", ["", "noon", "25:00", "9点半", "2026-06-31T10:00:00", "09:60"])
def test_without_a_readable_moment_a_step_is_the_last_of_its_day(text: str) -> None:
    """Nothing is guessed."""
    assert moment(text) == LAST


@pytest.mark.parametrize("day", [ALWAYS, EVER, NO_DAY])
def test_a_time_without_a_day_gives_last(day: int) -> None:
    """Where the day itself is not given."""
    assert moment("09:30", day) == LAST


def test_each_row_is_read_with_its_own_day() -> None:
    """Blanks among them."""
    found = read_moments(pd.Series(["10:00", "", "10:00"]), np.array([DAY, DAY, DAY + 1]), CHINA)
    assert found.tolist() == [found[0], LAST, found[0] + 86400]
