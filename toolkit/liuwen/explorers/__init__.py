"""What can be looked through: needs by village, live in a notebook, or as one page that needs neither kernel nor network."""

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
    """An explorer of needs by village, for any form with a select-multiple and a place; of a campaign, of its ledger.

    Args:
        responses: Responses, or a campaign.
        question: A select-multiple; by default `needs`, or else the likeliest.
        by: The column of places; the finest found by default.
        language: The language of the first view; the one in force by default.
        minimum: Groups of fewer households than this, and what would give them away, are not shown.
        confidence: Of the intervals.
        on: Of a campaign: the day to look at; today by default.
        known: Of a campaign: only what had been received by the end of this day; all by default.

    Returns:
        It shows itself at the end of a notebook cell; `.shown` is the table of what is shown, `.save(path)` writes it.

    Raises:
        AnswerError: The form has no select-multiple or no column of places.
        CampaignError: A day is none.
    """
    from liuwen.campaign import Campaign

    if isinstance(responses, Campaign):
        from liuwen.explorers.ledger import LedgerExplorer

        return LedgerExplorer(responses, on=on, known=known, language=language)
    from liuwen.explorers.widget import NeedsExplorer

    return NeedsExplorer(responses, question, by, language=language, minimum=minimum, confidence=confidence)
