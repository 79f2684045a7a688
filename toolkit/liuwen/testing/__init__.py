"""For tests of your own: hypothesis strategies for submissions, stories, and a phone that acts like ODK Collect. Needs
`liuwen[test]`.
"""

from liuwen.testing.stories import check_story
from liuwen.testing.submissions import submissions

__all__ = ["check_story", "submissions"]
