"""The 六问 household interview: one section a file, opened and closed by the visit."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.form.model import Form
from liuwen.questionnaires.household_interview.appraisal import appraisal as _appraisal
from liuwen.questionnaires.household_interview.aspirations import aspirations
from liuwen.questionnaires.household_interview.development import development
from liuwen.questionnaires.household_interview.difficulties import difficulties
from liuwen.questionnaires.household_interview.matters import matters
from liuwen.questionnaires.household_interview.situation import situation
from liuwen.questionnaires.household_interview.suggestions import suggestions
from liuwen.questionnaires.household_interview.visit import CONSENTED, closing, metadata, opening
from liuwen.questionnaires.modules import in_order
from liuwen.questionnaires.places import places

if TYPE_CHECKING:
    import pandas as pd

VERSION = "2026112101"
"""Raised by hand when a question changes."""

_SECTIONS: Mapping[str, Callable[[], Item]] = MappingProxyType(
    {
        "situation": situation,
        "difficulties": difficulties,
        "aspirations": aspirations,
        "appraisal": lambda: _appraisal(CONSENTED),
        "suggestions": suggestions,
        "development": development,
        "matters": matters,
    }
)
ALL = tuple(_SECTIONS)
"""The sections that may be left out, in the order they are asked."""


def household_interview(
    villages: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    modules: Sequence[str] = ALL,
    appraisal: Literal["inline", "separate"] = "inline",
    version: str = VERSION,
) -> Form:
    """The six questions asked of a household, from consent to service card.

    Args:
        villages: One row per village with `town`, `village` (codes), `label_zh` and `label_en`; with a column
            `household`, one row per household. Lists of more than 200 choices become CSV files in `form.media`. Without
            it, names are written down as text.
        languages: The languages of the form.
        modules: The sections to ask.
        appraisal: "inline" asks the fourth question in the interview and marks its group to be loaded unlinked;
            "separate" leaves it out, to be asked with the anonymous `household_appraisal`, and changes the form ID.
        version: The version. A server keeps one content for each version, so raise it when your villages change.

    Returns:
        The form.

    Raises:
        FormError: If a section does not exist, or the table of villages lacks a code.

    Example:
        >>> form = household_interview(languages=("zh",))
        >>> form["needs"].label()
        '您家过日子，现在有哪些困难？'
    """
    wanted = [name for name in in_order(modules, ALL) if not (name == "appraisal" and appraisal == "separate")]
    place = places(villages, languages)
    return b.build_form(
        "household_interview" if appraisal == "inline" else "household_interview_separate",
        zh="六问入户访谈",
        en="Six questions: household interview",
        version=version,
        languages=languages,
        items=[*metadata(), *opening(place), *(_SECTIONS[name]() for name in wanted), *closing()],
        settings={"instance_name": "concat(${village}, ' ', ${visit_date}, ' ', ${household})"},
        media=place.media,
    )
