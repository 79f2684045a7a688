"""For tests of your own: hypothesis strategies for submissions, and a phone that acts like ODK Collect. Needs
`liuwen[test]`.
"""

from liuwen.testing.submissions import submissions

__all__ = ["submissions"]
