"""Counts of few in steps: for whoever is not the office, a count is rounded down, and fewer than a step is not told from none."""

from liuwen.campaign.boards import BATCH


def stepped(count: int) -> int:
    """The lower end of the step that a count is in."""
    return count // BATCH * BATCH


def in_step(count: int) -> str:
    """A count in words: "<5", "5+", "10+"."""
    return f"<{BATCH}" if count < BATCH else f"{stepped(count)}+"
