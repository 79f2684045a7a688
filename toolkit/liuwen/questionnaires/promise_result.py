"""What became of a promise (承诺兑现): done, partly or not, with what shows it.

Wording: the project's own. Used for: promises kept, published beside the promise, and appraised by residents on an anonymous
form.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liuwen.form import builder as b
from liuwen.form.model import Form
from liuwen.questionnaires.asking import equals, one
from liuwen.questionnaires.field_form import VERSION, field_form, line, no_names, on_day, registers

if TYPE_CHECKING:
    import pandas as pd


RESULTS = b.choices(
    "promise_result",
    ("done", "做到了", "Done"),
    ("partly", "做到一部分", "Partly done"),
    ("not_done", "没做到", "Not done"),
)


def promise_result(
    villages: "pd.DataFrame | None" = None,
    people: "pd.DataFrame | None" = None,
    *,
    languages: Sequence[str] = ("zh", "en"),
    version: str = VERSION,
) -> Form:
    """The result of one promise.

    Args:
        villages: The villages, as for `household_interview`.
        people: The people, as for `household_interview`.
        languages: The languages of the form.
        version: The version.

    Returns:
        The form.

    Example:
        >>> promise_result().id
        'promise_result'
    """
    place = registers(villages, people, languages)
    return field_form(
        "promise_result",
        "承诺兑现",
        "Result of a promise",
        place=place,
        items=[
            line("promise_number", "哪一条承诺？（编号）", "Which promise? (its number)"),
            on_day(),
            one("promise_result", RESULTS, asking="visitor", zh="做到没有？", en="Was it done?"),
            line(
                "evidence",
                "从哪里看得出做到了？",
                "What shows it?",
                hint=no_names(),
                relevant=equals("promise_result", "done", "partly"),
            ),
            line(
                "why_not",
                "为什么没有全做到？",
                "Why was it not wholly done?",
                hint=no_names(),
                relevant=equals("promise_result", "partly", "not_done"),
            ),
            b.image("evidence_photo", zh="照片（可以不拍）", en="Photo (may be left out)", parameters="max-pixels=1600"),
        ],
        languages=languages,
        version=version,
        named="concat(${promise_number}, ' ', ${promise_result})",
    )
