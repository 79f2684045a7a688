"""What a person looks through on a screen: duties, coverage of the households over the year, and the roster.

A view turns a campaign and what is chosen into a page and a table; the explorers show it live, and `page_html` writes it as a
page without scripts. People are in the order of villages and codes, never of figures.
"""

from liuwen.campaign.views.choices import TownView, ViewChoice
from liuwen.campaign.views.coverage_view import CoverageView
from liuwen.campaign.views.duties_view import DutiesView
from liuwen.campaign.views.roster_view import RosterView

__all__ = ["CoverageView", "DutiesView", "RosterView", "TownView", "ViewChoice"]
