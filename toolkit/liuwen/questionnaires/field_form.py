"""What the forms of the daily work share: who fills them in, in which village, on which day, and how they are put together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.builder.building import Item
from liuwen.form.model import Form
from liuwen.questionnaires.household_interview.visit import day
from liuwen.questionnaires.places import Places, places

if TYPE_CHECKING:
    import pandas as pd

VERSION = "2026112702"
"""Raised by hand when a question changes."""

OWN_WORK = "Officials report their own work; nobody is interviewed. # liuwen: ignore=no-consent"
"""Stands in the note column of the settings of such a form."""

PERSON = {"zh": "哪位干部？", "en": "Which official?"}


def registers(
    villages: "pd.DataFrame | None", people: "pd.DataFrame | None", languages: Sequence[str], *, households: bool = False
) -> Places:
    """The questions that a town's registers call for."""
    return places(villages, languages, people=people, households=households)


def field_form(
    form_id: str,
    zh: str,
    en: str,
    *,
    place: Places,
    items: Sequence[Item],
    languages: Sequence[str],
    version: str,
    named: str = "",
    media: "dict[str, bytes] | None" = None,
) -> Form:
    """A form that officials fill in: it notes when it was begun and ended, and who was signed in on the phone.

    Args:
        form_id: Its ID.
        zh: Its title in Chinese.
        en: Its title in English.
        place: The registers' questions, for the lists that travel with the form.
        items: Its questions.
        languages: The languages of the form.
        version: The form's version.
        named: The expression that names a filled-in form on the phone.
        media: Further files that travel with the form.

    Returns:
        The form.
    """
    return b.build_form(
        form_id,
        zh=zh,
        en=en,
        version=version,
        languages=languages,
        items=[b.start(), b.end(), *items],
        settings={"note": OWN_WORK, **({"instance_name": named} if named else {})},
        media={**place.media, **(media or {})},
    )


def on_day(zh: str = "哪天？", en: str = "On which day?", name: str = "on_day") -> Item:
    """The day it happened, today unless said otherwise, never later."""
    return day(name, zh, en)


def line(name: str, zh: str, en: str, **told: object) -> Item:
    """A line of text that must be given."""
    return b.text(name, zh=zh, en=en, **{"required": True, **told})  # type: ignore[arg-type]


def count(name: str, zh: str, en: str, *, least: int = 0, most: int = 2000, **told: object) -> Item:
    """A required integer within bounds that the message names."""
    return b.integer(
        name,
        zh=zh,
        en=en,
        constraint=f". >= {least} and . <= {most}",
        constraint_message={"zh": f"请填{least}到{most}之间的整数。", "en": f"Give a whole number from {least} to {most}."},
        **{"required": True, **told},  # type: ignore[arg-type]
    )


def yuan(name: str, zh: str, en: str, **told: object) -> Item:
    """A sum of money in yuan."""
    return b.decimal(
        name,
        zh=zh,
        en=en,
        constraint=". >= 0 and . <= 100000000",
        constraint_message={"zh": "请填0到1亿元之间的数。", "en": "Give an amount from 0 to 100 million yuan."},
        **{"required": True, **told},  # type: ignore[arg-type]
    )


def later_day(name: str, zh: str, en: str, after: str, **told: object) -> Item:
    """A day that is not before the day in the question `after`."""
    return b.date(
        name,
        zh=zh,
        en=en,
        constraint=f". >= ${{{after}}}",
        constraint_message={"zh": "不能早于前面的日期。", "en": "It cannot be before the earlier date."},
        **{"required": True, **told},  # type: ignore[arg-type]
    )


def no_names(zh: str = "不写人名。", en: str = "No names.") -> dict[str, str]:
    """The hint that no person is to be named."""
    return {"zh": zh, "en": en}
