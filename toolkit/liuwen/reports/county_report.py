"""Makes the county report, and writes it as a Word document, a PDF or a page."""

from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from liuwen.analysis import satisfaction
from liuwen.charts.view import View, start, view
from liuwen.errors import AnswerError, LiuwenError
from liuwen.messages import Language, Sentence, language_in_force
from liuwen.reports.blocks import ReportContent
from liuwen.reports.content import ReportFacts, content

if TYPE_CHECKING:
    from liuwen.campaign.campaign import Campaign
    from liuwen.responses import Responses

UNKNOWN_ENDING = Sentence(
    zh="不会写“{ending}”文件；可用 .docx、.pdf、.html。", en="Cannot write a {ending!r} file; use .docx, .pdf or .html."
)


@dataclass(frozen=True)
class CountyReport:
    """A report on the answers to one form.

    Attributes:
        needs: The needs of each village and of all, as they may be shown.
        ratings: The table of `satisfaction`; empty if the form has no rating question.
        facts: What else it tells: days, places, matters.
    """

    needs: View
    ratings: pd.DataFrame
    facts: ReportFacts

    def content(self, language: Language | None = None) -> ReportContent:
        """What the report says.

        Args:
            language: "zh" or "en"; by default the one in force.

        Returns:
            The title, and the sections with their tables.
        """
        return content(self.needs, self.ratings, self.facts, language or language_in_force())

    def write(self, path: str | PathLike[str], language: Language | None = None) -> Path:
        """Write the report.

        Args:
            path: The file; its ending decides: .docx, .pdf or .html.
            language: "zh" or "en"; by default the one in force.

        Returns:
            The path.

        Raises:
            LiuwenError: If the ending is another one.
        """
        from liuwen.reports.as_docx import as_docx
        from liuwen.reports.as_html import as_html
        from liuwen.reports.as_pdf import as_pdf

        place, spoken = Path(path), language or language_in_force()
        writers: dict[str, Callable[[ReportContent, Language], bytes]] = {".docx": as_docx, ".pdf": as_pdf, ".html": as_html}
        writer = writers.get(place.suffix.lower())
        if writer is None:
            raise LiuwenError(UNKNOWN_ENDING.filled(ending=place.suffix))
        place.write_bytes(writer(self.content(spoken), spoken))
        return place


def report(
    responses: "Responses",
    campaign: "Campaign | None" = None,
    *,
    month: str = "",
    previous: "Responses | None" = None,
    title: str = "",
    author: str = "",
    minimum: int = 5,
    confidence: float = 0.95,
) -> CountyReport:
    """Report the answers to a form: how it was asked, coverage, needs by village, satisfaction, matters, method.

    Args:
        responses: The answers.
        campaign: A programme, whose matters are told as well.
        month: The month of the matters, such as "2026-07"; needed with a campaign.
        previous: The answers of the round before, for the change of satisfaction.
        title: The title; by default from the form.
        author: Whose report it is.
        minimum: The smallest number of households that may be shown.
        confidence: The confidence level of intervals, between 0 and 1.

    Returns:
        The report, for `CountyReport.write`.

    Raises:
        AnswerError: If there are no answers, or the form has no place or no question of needs.

    Example:
        >>> from liuwen import questionnaires, simulate
        >>> made = report(simulate(questionnaires.household_interview(), 60, seed=1))
        >>> made.content("en").sections[0].heading
        'How the answers were collected'
    """
    shown = view(responses, start(responses), minimum=minimum, confidence=confidence)
    facts = ReportFacts.of(responses, campaign, month, title=title, author=author)
    return CountyReport(shown, _ratings(responses, previous, minimum, confidence), facts)


def _ratings(responses: "Responses", previous: "Responses | None", minimum: int, confidence: float) -> pd.DataFrame:
    tables = []
    for language in ("zh", "en"):
        try:
            table = satisfaction(responses, previous=previous, minimum=minimum, confidence=confidence, language=language)
        except AnswerError:  # the form has no rating question, or nobody was asked one
            return pd.DataFrame()
        tables.append(table)
    return tables[0].rename(columns={"label": "label_zh"}).assign(label_en=tables[1]["label"])
