"""What is printed for the desk and its people from what was reported: diaries, household files, attendance and meals.

Nothing is typed twice: each is a table over the events and registers of a campaign, and a page of it.
"""

from liuwen.campaign.desk.attendance import attendance_table
from liuwen.campaign.desk.diaries import PersonDiary, person_diary
from liuwen.campaign.desk.household_files import household_files

__all__ = ["PersonDiary", "attendance_table", "household_files", "person_diary"]
