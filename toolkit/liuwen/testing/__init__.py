"""Tools for your own tests: hypothesis strategies for submissions, stories, and a phone that behaves like ODK Collect. Requires
`liuwen[test]`.
"""

from liuwen.testing.stories import check_story
from liuwen.testing.submissions import submissions

__all__ = ["check_story", "submissions"]
