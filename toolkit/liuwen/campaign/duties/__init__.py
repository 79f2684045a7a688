"""Duties: what is owed, by rank and prorated on dated posts, and what was done, by one counting function for every measure.

`duties_table` gives a row a duty, period and owner; the table explains each of its rows. A duty is of a person, a village, a
unit, a household, a pair or the slots of a roster; it holds for a year, a month, the programme, a festival or any days running.
"""

from liuwen.campaign.duties.duty_table import DutyTable, duties_table, duty_of
from liuwen.campaign.duties.table import DutySources
from liuwen.campaign.duties.tally import tally

__all__ = ["DutySources", "DutyTable", "duties_table", "duty_of", "tally"]
