"""Interactive views for notebooks: needs by village, with a static page that needs neither kernel nor network."""

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
    """Explore needs by village, for any form with a select-multiple question and a place.

    In a notebook the explorer shows itself at the end of a cell. Groups of fewer than `minimum` households are not shown,
    and neither is anything from which they could be computed.

    Args:
        responses: The answers.
        question: The select-multiple question; by default `needs`, or else the likeliest one.
        by: The column of places; by default the finest one found.
        language: The language to open in; by default the one in force.
        minimum: The smallest number of households that may be shown.
        confidence: The confidence level of the intervals, between 0 and 1.

    Returns:
        The explorer: `.shown` is the table on display, `.save(path)` writes it.

    Raises:
        AnswerError: If the form has no select-multiple question or no column of places.
    """
    from liuwen.explorers.widget import NeedsExplorer

    return NeedsExplorer(responses, question, by, language=language, minimum=minimum, confidence=confidence)
