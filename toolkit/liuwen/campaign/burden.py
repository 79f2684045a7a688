"""What the work asks of people: visits to a household, questions asked again, minutes and forms of a visit.

Figures of officers are of the whole town: nobody is compared with anybody.
"""

from dataclasses import dataclass, field

import pandas as pd

MINUTES = "minutes"
"""The column of an event that says how long the form was open on the phone."""
LONG_AGO = 180


@dataclass(frozen=True)
class TownBurden:
    """What is asked of households and officers, up to a day.

    Attributes:
        households: A row a household over a bound or asked again too soon: `household, village, visits_180_days, at_most,
            over, asked_again` (interviews that came sooner after another than the programme allows).
        officers: One row per figure of the town: `figure, numerator, base, value`; `minutes_a_visit` (median), `forms_a_visit`
            and `doubles` (forms for a household and day that was entered already).
    """

    on: int
    households: pd.DataFrame = field(repr=False)
    officers: pd.DataFrame = field(repr=False)


def town_burden(visits: pd.DataFrame, caps: tuple[tuple[int, float], ...], again_after: int | None, on: int) -> TownBurden:
    """The burden of visits by the end of `on`.

    Args:
        visits: All events of visits, with `why` ("" where it counts).
        caps: The upper bounds: in how many days (0 for the year) at most how many visits.
        again_after: The number of days after which the same question may be asked again; None if the programme sets no limit.
        on: The day to look at.

    Returns:
        A `TownBurden`.
    """
    seen = visits[visits["on"] <= on]
    counted = seen[seen["why"] == ""].drop_duplicates(["household", "on"])
    recent = counted[counted["on"] > on - LONG_AGO].groupby("household").size()
    table = counted.drop_duplicates("household", keep="last")[["household", "village"]].set_index("household")
    table["visits_180_days"] = recent.reindex(table.index).fillna(0).astype(int)
    most = min((most for _, most in caps), default=float("nan"))
    over = [_is_over(days.tolist(), caps, on) for _, days in counted.groupby("household")["on"]]
    table = table.sort_index().assign(at_most=most, over=over)
    table["asked_again"] = _asked_again(counted, again_after).reindex(table.index).fillna(0).astype(int)
    chosen = table[table["over"] | (table["asked_again"] > 0)] if len(table) else table
    return TownBurden(on, chosen.reset_index(), _officers(seen))


def _is_over(days: list[int], caps: tuple[tuple[int, float], ...], on: int) -> bool:
    return any(sum(day > on - (running or 365) for day in days) > most for running, most in caps)


def _asked_again(counted: pd.DataFrame, again_after: int | None) -> "pd.Series[int]":
    """How many interviews of each household came before the same questions may be asked again; a short second form, which asks
    only what may have changed, is not counted.
    """
    if again_after is None:
        return pd.Series(dtype=int)
    whole = counted[counted["form"] != "second_visit"] if "form" in counted else counted
    ordered = whole.sort_values(["household", "on"])
    gap = ordered.groupby("household")["on"].diff()
    return ordered[gap < again_after].groupby("household").size()


def _officers(seen: pd.DataFrame) -> pd.DataFrame:
    """Minutes and forms of a visit, and what was entered twice, for the town as a whole."""
    counted = seen[seen["why"] == ""]
    minutes = pd.to_numeric(counted[MINUTES], errors="coerce").dropna() if MINUTES in counted else pd.Series(dtype=float)
    doubles = int((seen["why"] == "same_day_double").sum())
    forms = len(counted) + doubles
    rows = [
        ("minutes_a_visit", float(minutes.sum()), len(minutes), float(minutes.median()) if len(minutes) else float("nan")),
        ("forms_a_visit", float(forms), len(counted), forms / len(counted) if len(counted) else float("nan")),
        ("doubles", float(doubles), forms, doubles / forms if forms else float("nan")),
    ]
    return pd.DataFrame(rows, columns=["figure", "numerator", "base", "value"])
