"""Duties: what is owed, by rank and prorated on dated posts, and what was done.

So far: duties of a person that count visits or different households in a year or in the programme.
"""

from liuwen.campaign.duties.table import COUNTED_SO_FAR, duties_table

__all__ = ["COUNTED_SO_FAR", "duties_table"]
