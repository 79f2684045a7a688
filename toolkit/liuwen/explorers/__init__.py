"""What can be looked through: needs by village, live in a notebook, or as one page that needs neither kernel nor network."""

from typing import TYPE_CHECKING

from liuwen.charts.page import page
from liuwen.messages import Language

if TYPE_CHECKING:
    from liuwen.explorers.widget import NeedsExplorer
    from liuwen.responses import Responses

__all__ = ["explore", "page"]


def explore(
    responses: "Responses",
    question: str | None = None,
    by: str | None = None,
    *,
    language: Language | None = None,
    minimum: int = 5,
    confidence: float = 0.95,
) -> "NeedsExplorer":
    """An explorer of needs by village, for any form with a select-multiple and a place.

    `question` is a select-multiple (by default `needs`, or else the likeliest), `by` the column of places (the finest found),
    `language` that of the first view (the one in force). Groups of fewer than `minimum` households, and what would give them
    away, are not shown. It shows itself at the end of a notebook cell; `.shown` is the table of what is shown, `.save(path)`
    writes it.

    Raises `AnswerError` where the form has no select-multiple or no column of places.
    """
    from liuwen.explorers.widget import NeedsExplorer

    return NeedsExplorer(responses, question, by, language=language, minimum=minimum, confidence=confidence)
