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
    """The six questions asked of a household, from its consent to the service card.

    `villages` has a row a village: `town`, `village` (codes) and `label_zh`, `label_en`; with a column `household`, a row a
    household. Lists of over 200 choices travel as CSV files in `form.media`. Without it, names are written down.
    `modules` are the sections asked, of `ALL`. With `appraisal="separate"` the fourth question is left out, to be asked with the
    anonymous `household_appraisal` instead, and the form has an ID of its own; inline, its
    group `appraisal` is marked to be loaded unlinked.
    A server keeps one content a `version`: raise it when your villages change.
    Raises `FormError` for an unknown section, or a table of villages that lacks a code.

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
