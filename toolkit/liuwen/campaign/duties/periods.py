"""The days of a programme in a year, and the periods in which a duty is owed."""

from dataclasses import dataclass

from liuwen.campaign.days import number_of
from liuwen.campaign.programmes.rules.days import day_of
from liuwen.campaign.schema import DutyRule, Programme


@dataclass(frozen=True, slots=True)
class DutyPeriod:
    """A stretch of days, both ends included, as numbers; `name` is shown."""

    name: str
    begins: int
    ends: int

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.ends - self.begins + 1


def programme_days(programme: Programme, year: int) -> DutyPeriod:
    """The days of the programme in `year`, or those it names itself."""
    begins, ends = day_of(programme.begins, year), day_of(programme.ends, year)
    assert begins is not None and ends is not None  # the programme was checked
    return DutyPeriod(str(ends.year), number_of(begins), number_of(ends))


def duty_period(duty: DutyRule, programme: Programme, year: int) -> DutyPeriod:
    """The period of a yearly duty, or of one for the whole programme: inside the programme, up to `until`."""
    whole = programme_days(programme, year)
    until = day_of(duty.until, year) if duty.until else None
    return DutyPeriod(whole.name, whole.begins, min(whole.ends, number_of(until)) if until else whole.ends)
