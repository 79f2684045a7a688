"""For tests of your own: submissions for hypothesis, stories, a phone that plays ODK Collect. Needs `liuwen[test]`."""

from liuwen.testing.stories import check_story
from liuwen.testing.submissions import submissions

__all__ = ["check_story", "submissions"]
