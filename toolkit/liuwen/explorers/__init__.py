"""Interactive views for notebooks: needs by village, with a static page that needs neither kernel nor network."""

from typing import TYPE_CHECKING, Any, Literal, overload

from liuwen.charts.page import page
from liuwen.errors import CampaignError, LiuwenError
from liuwen.messages import Language, Sentence

if TYPE_CHECKING:
    from os import PathLike

    from liuwen.campaign import Campaign
    from liuwen.campaign.views import TownView
    from liuwen.explorers.ledger import LedgerExplorer
    from liuwen.explorers.town import TownExplorer
    from liuwen.explorers.widget import NeedsExplorer
    from liuwen.responses import Responses

__all__ = ["explore", "page"]

NO_LANGUAGE = Sentence(
    zh="浏览页只有中文和英文；language= 请写 zh 或 en，现在是 {given}。",
    en="The explorer speaks Chinese and English; language= is zh or en, not {given}.",
)
VIEWS = ("ledger", "duties", "coverage", "roster")
NO_VIEW = Sentence(
    zh="方案里没有“{view}”可以看。请用 of= 选一种：ledger、duties、coverage 或 roster。",
    en='A campaign has no view "{view}". Choose one with of=: ledger, duties, coverage or roster.',
)


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
    responses: "Campaign",
    *,
    of: Literal["ledger"] = "ledger",
    language: Language | None = None,
    on: Any = None,
    known: Any = None,
) -> "LedgerExplorer": ...


@overload
def explore(
    responses: "Campaign",
    *,
    of: Literal["duties", "coverage", "roster"],
    office: bool = False,
    language: Language | None = None,
    on: Any = None,
    known: Any = None,
) -> "TownExplorer": ...


def explore(
    responses: "Responses | Campaign",
    question: str | None = None,
    by: str | None = None,
    *,
    language: Language | None = None,
    minimum: int = 5,
    confidence: float = 0.95,
    boundaries: "str | PathLike[str] | None" = None,
    of: Literal["ledger", "duties", "coverage", "roster"] = "ledger",
    office: bool = False,
    on: Any = None,
    known: Any = None,
) -> "NeedsExplorer | LedgerExplorer | TownExplorer":
    """Explore the answers to any question, or a campaign: its ledger, duties, coverage of households or roster.

    Choices show as a heatmap by place and as bars with intervals, ratings as diverging bars besides, numbers as their
    distribution over round ranges, months and rounds as lines, places with positions as a map. A question can be looked at by
    each level of places, by month, or by a question that was asked before it (a cross-tabulation).

    In a notebook the explorer shows itself at the end of a cell. Groups of fewer than `minimum` households are not shown,
    and neither is anything from which they could be computed; a ledger shows no applicant. People are in the order of villages
    and codes; nobody is ranked.

    Args:
        responses: The answers to a form, or a campaign.
        question: The question to begin with; by default `needs`, or else the likeliest one.
        by: The column to begin with; by default the finest place found; "" shows all together.
        language: The language to open in; by default the one in force.
        minimum: The smallest number of households that may be shown.
        confidence: The confidence level of the intervals, between 0 and 1.
        boundaries: A GeoJSON file in longitude and latitude whose areas are named like the places: the map then shows areas.
            Without one it shows a circle for each place, where the middle of its interviews lies to about a kilometre.
        of: For a campaign, what to look at: `ledger`, `duties`, `coverage` or `roster`.
        office: For duties and coverage, whether it is for the office. Otherwise households are counted in steps of five and
            neither they, nor pairs, nor visits to a village of fewer than five households are listed.
        on: For a campaign, the day to look at; by default today.
        known: For a campaign, only what had been received by the end of this day; by default everything.

    Returns:
        The explorer: `.shown` is the table on display, `.save(path)` writes it.

    Raises:
        AnswerError: If the form has no question to count, or no column of places and no `by`.
        LiuwenError: If the boundary file cannot be used, or the language is another.
        CampaignError: If a day cannot be read, or a campaign has no such view.
    """
    from liuwen.campaign import Campaign

    if language is not None and language not in {"zh", "en"}:
        raise LiuwenError(NO_LANGUAGE.filled(given=repr(language)))
    if isinstance(responses, Campaign) and (question is not None or of not in VIEWS):
        raise CampaignError(NO_VIEW.filled(view=of if question is None else question))
    if isinstance(responses, Campaign) and of != "ledger":
        from liuwen.explorers.town import TownExplorer

        return TownExplorer(_view(responses, of, on, known, office=office), language)
    if isinstance(responses, Campaign):
        from liuwen.explorers.ledger import LedgerExplorer

        return LedgerExplorer(responses, on=on, known=known, language=language)
    from liuwen.explorers.widget import NeedsExplorer

    return NeedsExplorer(
        responses, question, by, language=language, minimum=minimum, confidence=confidence, boundaries=boundaries
    )


def _view(campaign: "Campaign", of: str, on: Any, known: Any, *, office: bool) -> "TownView":
    from liuwen.campaign.views import CoverageView, DutiesView, RosterView

    if of == "roster":
        return RosterView(campaign, on, known)
    return (DutiesView if of == "duties" else CoverageView)(campaign, on, known, office=office)
