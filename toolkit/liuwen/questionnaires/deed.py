"""A concrete deed (办实事): chosen by a village, and done.

Wording: the project's own; “first batch of one or two deeds a village” is the public document's. Used for: deeds chosen and
done on time, money by source, published on the board.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.field_form import PERSON, VERSION, field_form, later_day, line, no_names, on_day, registers, yuan

if TYPE_CHECKING:
    import pandas as pd


KINDS = b.choices(
    "deed_kind",
    ("works", "修建工程", "Building works"),
    ("service", "办一项服务", "A service set up"),
    ("income", "帮增收", "Raising incomes"),
    ("care", "帮困难户", "Helping those in hardship"),
    ("other", "其他", "Other"),
)
STATES = b.choices("deed_state", ("chosen", "定下来了，还没办成", "Chosen, not done yet"), ("done", "办成了", "Done"))


def deed(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """A deed that was chosen, or done.

    Args:
        villages: The villages, as for `household_interview`.
        people: The people, as for `household_interview`.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> deed().id
        'deed'
    """
    place = registers(villages, people, languages)
    done = equals("deed_state", "done")
    return field_form(
        "deed",
        "办实事",
        "A concrete deed",
        place=place,
        items=[
            place.person("person", PERSON),
            *place.village,
            line(
                "deed_title", "办什么事？", "What is it?", hint=no_names("会公布：不写人名。", "It will be published: no names.")
            ),
            one("deed_kind", KINDS, asking="visitor", zh="哪一类？", en="Which kind?"),
            b.text(
                "deed_kind_other", zh="是哪一类？", en="Which kind is it?", required=True, relevant=equals("deed_kind", "other")
            ),
            on_day("哪天定下来的？", "On which day was it chosen?", name="chosen_on"),
            one("deed_state", STATES, asking="visitor", zh="办成了吗？", en="Is it done?"),
            later_day("done_on", "哪天办成的？", "On which day was it done?", "chosen_on", relevant=done),
            yuan("money_public", "财政出了多少元？", "How many yuan came from public funds?", relevant=done),
            yuan("money_collective", "村集体出了多少元？", "How many from the village collective?", relevant=done),
            yuan("money_other", "其他来源多少元？", "How many from elsewhere?", relevant=done),
            b.text(
                "for_matter",
                zh="办结了哪一件事？（事项编号）",
                en="Which matter does it close? (its number)",
                hint={"zh": "没有就不填。", "en": "Leave blank if none."},
            ),
            b.image(
                "deed_photo",
                zh="照片",
                en="Photo",
                hint={"zh": "只拍公共设施；可以不拍。", "en": "Public facilities only; may be left out."},
                relevant=done,
                parameters="max-pixels=1600",
            ),
        ],
        languages=languages,
        version=version,
        named="concat(${village}, ' ', ${deed_title})",
    )
