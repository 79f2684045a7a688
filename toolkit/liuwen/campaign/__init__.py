"""Acting on what was heard: a programme is registers, events and rules; a rule turns them into one table, on a day.

`read_campaign` reads a programme (TOML) with its registers and events; a `Campaign` gives its tables: events counted and not,
the ledger with rates, duties, boards. Every table is a pure function of what was given and of two days: `on`, when a thing
happened, and `known`, when it had been received. `try_story` tries a programme on a small town written down in tables.
"""

from liuwen.campaign.boards import Board
from liuwen.campaign.campaign import Campaign, read_campaign
from liuwen.campaign.campaign_events import CampaignEvents
from liuwen.campaign.desk_entry import EnteredStep, enter_step
from liuwen.campaign.faults import CampaignFault, CampaignReport
from liuwen.campaign.ledgers.ledger import TownLedger
from liuwen.campaign.made_up import MadeUpTown, made_up_town
from liuwen.campaign.programmes import PRESETS
from liuwen.campaign.published import PublishedLists, read_published
from liuwen.campaign.reasons import reason_sentence
from liuwen.campaign.stories import StoryReport, try_story

__all__ = [
    "PRESETS",
    "Board",
    "Campaign",
    "CampaignEvents",
    "CampaignFault",
    "CampaignReport",
    "EnteredStep",
    "MadeUpTown",
    "PublishedLists",
    "StoryReport",
    "TownLedger",
    "enter_step",
    "made_up_town",
    "read_campaign",
    "read_published",
    "reason_sentence",
    "try_story",
]
