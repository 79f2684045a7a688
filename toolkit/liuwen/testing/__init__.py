"""For tests of your own: submissions for hypothesis, and a phone that plays ODK Collect. Needs `liuwen[test]`."""

from liuwen.testing.submissions import submissions

__all__ = ["submissions"]
