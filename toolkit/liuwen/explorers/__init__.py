"""Interactive views for notebooks: needs by village, with a static page that needs neither kernel nor network."""

from typing import TYPE_CHECKING, Any, overload

from liuwen.charts.page import page
from liuwen.messages import Language

if TYPE_CHECKING:
    from os import PathLike

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
    boundaries: "str | PathLike[str] | None" = None,
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
    boundaries: "str | PathLike[str] | None" = None,
    on: Any = None,
    known: Any = None,
) -> "NeedsExplorer | LedgerExplorer":
    """Explore the answers to any question, or the ledger of a campaign.

    Choices show as a heatmap by place and as bars with intervals, ratings as diverging bars besides, numbers as their
    distribution over round ranges, months and rounds as lines, places with positions as a map. A question can be looked at by
    each level of places, by month, or by a question that was asked before it (a cross-tabulation).

    In a notebook the explorer shows itself at the end of a cell. Groups of fewer than `minimum` households are not shown,
    and neither is anything from which they could be computed; a ledger shows no applicant.

    Args:
        responses: The answers to a form, or a campaign.
        question: The question to begin with; by default `needs`, or else the likeliest one.
        by: The column to begin with; by default the finest place found; "" shows all together.
        language: The language to open in; by default the one in force.
        minimum: The smallest number of households that may be shown.
        confidence: The confidence level of the intervals, between 0 and 1.
        boundaries: A GeoJSON file in longitude and latitude whose areas are named like the places: the map then shows areas.
            Without one it shows a circle for each place, where the middle of its interviews lies to about a kilometre.
        on: For a campaign, the day to look at; by default today.
        known: For a campaign, only what had been received by the end of this day; by default everything.

    Returns:
        The explorer: `.shown` is the table on display, `.save(path)` writes it.

    Raises:
        AnswerError: If the form has no question to count, or no column of places and no `by`.
        LiuwenError: If the boundary file cannot be used.
        CampaignError: If a day cannot be read.
    """
    from liuwen.campaign import Campaign

    if isinstance(responses, Campaign):
        from liuwen.explorers.ledger import LedgerExplorer

        return LedgerExplorer(responses, on=on, known=known, language=language)
    from liuwen.explorers.widget import NeedsExplorer

    return NeedsExplorer(
        responses, question, by, language=language, minimum=minimum, confidence=confidence, boundaries=boundaries
    )
