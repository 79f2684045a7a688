"""A parameter with a value that it cannot have."""

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, int | None, str | None]]]


def test_each_of_them(found: Found) -> None:
    """Words that are not allowed, invalid numbers, and decimals instead of integers."""
    form = """
| survey |
| | type | name | label | parameters |
| | audio | a | A | quality=loud |
| | image | b | B | max-pixels=1e3 |
| | range | c | C | start=one end=5 step=1 |
| | audit | audit | | location-priority=high; location-min-interval=-1 location-max-age=9 |
"""
    rows = [("error", row, "parameters") for row in (2, 3, 4, 5, 5)]
    assert found("bad-parameter", form) == rows


def test_values_they_can_have(found: Found) -> None:
    """A reference or a number as a seed, spaces around the sign, commas between, capitals."""
    form = """
| survey |
| | type | name | label | parameters |
| | audio | a | A | quality = voice-only |
| | range | c | C | start=-1.5, end=5, step=0.5 |
| | select_one l | s | S | Randomize=TRUE seed=${c} |
| | geopoint | g | G | capture-accuracy=2.5 allow-mock-accuracy=true |
"""
    assert found("bad-parameter", form) == []


def test_the_message_lists_the_allowed_values(words: Callable[..., list[str]]) -> None:
    """The user can fix the parameter at once."""
    form = "| survey |\n| | type | name | label | parameters |\n| | audio | a | A | quality=loud |\n"
    assert words("bad-parameter", form) == [
        "the parameter “quality” cannot be “loud”; allowed: voice-only, low, normal, external."
    ]


@pytest.mark.parametrize(
    ("parameters", "reaches"),
    [
        ("start=0 end=10 step=3", False), ("start=0 end=1 step=0.3", False), ("end=10 step=2", False),
        ("start=0 end=1 step=0.1", True),
        ("start=10 end=0 step=5", True), ("start=0 end=10", True), ("", True),
    ],
)  # fmt: skip
def test_steps_that_do_not_reach_the_end(found: Found, parameters: str, reaches: bool) -> None:
    """ODK Collect disables such a range; without parameters it goes from 1 to 10 in steps of 1."""
    form = f"""
| survey |
| | type | name | label | parameters |
| | range | a | A | {parameters} |
"""
    assert found("bad-parameter", form) == ([] if reaches else [("error", 2, "parameters")])
