"""Interactive views for notebooks: needs by village, with a static page that needs neither kernel nor network."""

from typing import TYPE_CHECKING, Any, overload

from liuwen.charts.page import page
from liuwen.messages import Language

if TYPE_CHECKING:
    from liuwen.campaign import Campaign
    from liuwen.explorers.ledger import LedgerExplorer
    from liuwen.explorers.widget import NeedsExplorer
    from liuwen.responses import Responses

__all__ = ["explore", "page"]


@overload
def explore(
    responses: "Responses",
    question: str | None = None,
    by: str | None = None,
    *,
    language: Language | None = None,
    minimum: int = 5,
    confidence: float = 0.95,
) -> "NeedsExplorer": ...


@overload
def explore(
    responses: "Campaign", *, language: Language | None = None, on: Any = None, known: Any = None
) -> "LedgerExplorer": ...


def explore(
    responses: "Responses | Campaign",
    question: str | None = None,
    by: str | None = None,
    *,
    language: Language | None = None,
    minimum: int = 5,
    confidence: float = 0.95,
    on: Any = None,
    known: Any = None,
) -> "NeedsExplorer | LedgerExplorer":
    """Explore needs by village, or the ledger of a campaign.

    In a notebook the explorer shows itself at the end of a cell. Groups of fewer than `minimum` households are not shown,
    and neither is anything from which they could be computed; a ledger shows no applicant.

    Args:
        responses: The answers to a form with a select-multiple question and a place, or a campaign.
        question: The select-multiple question; by default `needs`, or else the likeliest one.
        by: The column of places; by default the finest one found.
        language: The language to open in; by default the one in force.
        minimum: The smallest number of households that may be shown.
        confidence: The confidence level of the intervals, between 0 and 1.
        on: For a campaign, the day to look at; by default today.
        known: For a campaign, only what had been received by the end of this day; by default everything.

    Returns:
        The explorer: `.shown` is the table on display, `.save(path)` writes it.

    Raises:
        AnswerError: If the form has no select-multiple question or no column of places.
        CampaignError: If a day cannot be read.
    """
    from liuwen.campaign import Campaign

    if isinstance(responses, Campaign):
        from liuwen.explorers.ledger import LedgerExplorer

        return LedgerExplorer(responses, on=on, known=known, language=language)
    from liuwen.explorers.widget import NeedsExplorer

    return NeedsExplorer(responses, question, by, language=language, minimum=minimum, confidence=confidence)
