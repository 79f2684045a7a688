"""Stories: a small town in a few tables and what a programme should make of it, to try rules before they are signed."""

from liuwen.campaign.stories.reading import TownStory, read_story
from liuwen.campaign.stories.trying import StoryReport, StoryResult, campaign_of, try_story

__all__ = ["StoryReport", "StoryResult", "TownStory", "campaign_of", "read_story", "try_story"]
