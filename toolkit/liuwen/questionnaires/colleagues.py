"""Colleagues' appraisal (民主测评): anonymous, of a unit's leading group, never of one named person on this form.

Wording: the project's own. Used for: the tenth of the three-dimensional appraisal that results and public opinion leave (90 +
10).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.anonymous import anonymous_form, asked_if_agreed, opening
from liuwen.questionnaires.field_form import VERSION, line
from liuwen.questionnaires.minutes import FORMS
from liuwen.questionnaires.places import places
from liuwen.questionnaires.scales import DEALINGS, coin, rated

if TYPE_CHECKING:
    import pandas as pd


ASPECTS = {
    "results": ("该办的事，办得怎么样？", "How well does it do the work it is there for?"),
    "diligence": ("工作的踏实劲怎么样？", "How conscientiously does it work?"),
    "teamwork": ("同别的单位配合得怎么样？", "How well does it work with other units?"),
    "people": ("对群众的事，上心得怎么样？", "How much does it care about people's concerns?"),
    "rules": ("守规矩方面做得怎么样？", "How well does it keep to the rules?"),
}
"""Aspect → Chinese, English; each of the unit named above."""


def colleagues(
    villages: "pd.DataFrame | None" = None, *, languages: Sequence[str] = ("zh", "en"), version: str = VERSION
) -> Form:
    """How a unit works, in the eyes of those who work with it.

    Args:
        villages: The villages, as for `household_interview`; households are not used.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> colleagues().id
        'colleagues'
    """
    place = places(villages, languages, households=False, seen=True)
    unit = line(
        "unit",
        "评的是哪个单位？",
        "Which unit is appraised?",
        hint={"zh": "写单位，不写人名。", "en": "The unit, not a person's name."},
    )
    aspects = [rated(name, DEALINGS, asking="", zh=zh, en=en) for name, (zh, en) in ASPECTS.items()]
    better = b.text(
        "unit_better",
        zh="这个单位最该改进什么？",
        en="What should this unit improve first?",
        hint={"zh": "不写人名；可以不填。", "en": "No names; may be left blank."},
    )
    asked = asked_if_agreed("asked", "测评", "Appraisal", [unit, *coin(), *aspects, better])
    topic = ("一个单位的工作", "the work of a unit")
    return anonymous_form(
        "colleagues",
        zh="民主测评（不记名，自己填）",
        en="Appraisal by colleagues (anonymous)",
        version=version,
        languages=languages,
        items=[
            *opening(place, topic, FORMS["colleagues"], from_here=True),
            asked,
            b.note("thanks", zh="谢谢您！", en="Thank you very much!"),
        ],
        media=place.media,
    )
