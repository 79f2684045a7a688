"""The 六问 household interview: one section a file, opened and closed by the visit."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.form.model import Form
from liuwen.questionnaires.household_interview.appraisal import appraisal as _appraisal
from liuwen.questionnaires.household_interview.aspirations import aspirations
from liuwen.questionnaires.household_interview.closing import closing
from liuwen.questionnaires.household_interview.development import development
from liuwen.questionnaires.household_interview.difficulties import difficulties
from liuwen.questionnaires.household_interview.matters import matters
from liuwen.questionnaires.household_interview.self_completed import self_completed
from liuwen.questionnaires.household_interview.situation import situation
from liuwen.questionnaires.household_interview.suggestions import suggestions
from liuwen.questionnaires.household_interview.visit import CONSENTED, home, metadata, opening, purpose
from liuwen.questionnaires.minutes import interview_minutes
from liuwen.questionnaires.modules import in_order
from liuwen.questionnaires.places import places

if TYPE_CHECKING:
    import pandas as pd

VERSION = "2026112702"
"""Raised by hand when a question changes."""

CORE = ("situation", "difficulties", "aspirations", "suggestions", "development", "matters", "appraisal")
"""The sections of the core interview, in the order they are asked; each may be left out."""
WITHIN: Mapping[str, str] = MappingProxyType(
    {
        "training": "situation",
        "schooling": "situation",
        "coverage": "situation",
        "help_details": "difficulties",
        "land": "aspirations",
        "income_details": "aspirations",
        "credit": "aspirations",
        "plans": "aspirations",
        "village_life": "suggestions",
        "resources": "development",
        "taking_part": "development",
        "officials": "appraisal",
    }
)
"""Further modules → the section they are asked in."""
ALL = (*CORE, *WITHIN, "position")
"""Every module, the core first; `position` asks where the house stands."""


def household_interview(
    villages: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    modules: Sequence[str] = CORE,
    appraisal: Literal["inline", "separate"] = "inline",
    mode: Literal["visit", "self"] = "visit",
    people: "pd.DataFrame | None" = None,
    keep_years: int = 3,
    version: str = VERSION,
) -> Form:
    """The six questions asked of a household, from the door to the visitor's notes.

    A server keeps one content a `version`: raise it when your villages change.

    Args:
        villages: A row a village: `town`, `village` (codes) and `label_zh`, `label_en`; with a column `household`, a row a
            household. Lists of over 200 choices travel as CSV files in `form.media`. Without it, names are written down.
        languages: The languages of the form, the first is shown first.
        modules: The sections asked, of `ALL`; the core interview unless said otherwise. What the household is told at the door
            (what about, how many minutes, what is published) follows from them.
        appraisal: With "separate" the fourth question is left out, to be asked with the anonymous `household_appraisal`, and the
            form has an ID of its own; inline, its group `appraisal` is marked to be loaded unlinked.
        mode: With "self" a short questionnaire that a household fills in by itself; `modules` and `appraisal` are not used.
        people: A row for each visitor: `person`, `label`; without it the visitor's name is written down.
        keep_years: How many years the answers are kept, as the household is told.
        version: The form's version.

    Returns:
        The form.

    Raises:
        FormError: If a section does not exist, or the table of villages lacks a code.

    Example:
        >>> form = household_interview(languages=("zh",))
        >>> form["needs"].label()
        '您家过日子，现在有哪些困难？'
    """
    if mode == "self":
        return self_completed(villages, languages=languages, keep_years=keep_years, version=version)
    wanted = [name for name in in_order(modules, ALL, WITHIN) if not (name == "appraisal" and appraisal == "separate")]
    place = places(villages, languages, people=people)
    said = purpose(wanted, interview_minutes(wanted), keep_years)
    asked = [
        *metadata(),
        *opening(place, said),
        home(roster="situation" in wanted, position="position" in wanted),
        *_sections(wanted),
        *closing(),
    ]
    return b.build_form(
        "household_interview" if appraisal == "inline" else "household_interview_separate",
        zh="六问入户访谈",
        en="Six questions: household interview",
        version=version,
        languages=languages,
        items=asked,
        settings={"instance_name": "concat(${village}, ' ', ${visit_date}, ' ', ${household})"},
        media=place.media,
    )


def _sections(wanted: Sequence[str]) -> list[Item]:
    has = {name: name in wanted for name in ALL}
    made = {
        "situation": lambda: situation(training=has["training"], schooling=has["schooling"], coverage=has["coverage"]),
        "difficulties": lambda: difficulties(help_details=has["help_details"]),
        "aspirations": lambda: aspirations(
            situation=has["situation"],
            **{name: has[name] for name in ("land", "income_details", "credit", "plans")},
        ),
        "suggestions": lambda: suggestions(difficulties=has["difficulties"], village_life=has["village_life"]),
        "development": lambda: development(resources=has["resources"], taking_part=has["taking_part"]),
        "matters": lambda: matters(difficulties=has["difficulties"]),
        "appraisal": lambda: _appraisal(CONSENTED, officials=has["officials"]),
    }
    return [made[name]() for name in CORE if has[name]]
