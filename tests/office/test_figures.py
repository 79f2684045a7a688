"""Figures move in steps that point at nobody."""

from collections.abc import Callable
from typing import Any

from liuwen.store import Store

Browser = Any
"""A browser of `conftest`."""


def test_one_more_answer_changes_nothing(clerk: Browser, filled: Store, opinion_xml: Callable[..., bytes]) -> None:
    """Who looks before and after an answer learns nothing; five more are shown together."""
    assert "12 households" in clerk.get("/figures?form=opinion").text
    before = filled.office.figures("opinion")
    for number in range(20, 24):
        filled.receive(opinion_xml(number, "good"))
        clerk.get("/figures?form=opinion")
        assert filled.office.figures("opinion") == before
    filled.receive(opinion_xml(24, "good"))
    assert "17 households" in clerk.get("/figures?form=opinion").text


def test_few_answers_are_not_shown(clerk: Browser, filled: Store) -> None:
    """Three interviews are too few for any figure."""
    assert "No question with choices" in clerk.get("/figures?form=house").text
