"""Stories: a small town in a few tables and what a programme should make of it, so that rules are tried before they are signed."""

from liuwen.campaign.stories.reading import TownStory, read_story
from liuwen.campaign.stories.trying import StoryReport, StoryResult, try_story

__all__ = ["StoryReport", "StoryResult", "TownStory", "read_story", "try_story"]
