"""Which questions of a form, any form, can be looked at: where a household lives, what it needs, its kind, when it was asked."""

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from liuwen.form.places import columns_of, label_texts, likely_places
from liuwen.form.types import SELECTS

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

_NEEDS = re.compile(
    r"\bneeds?\b|need|priorit|difficult|problem|challenge|concern|assistance|需求|困难|诉求|问题|急需", re.IGNORECASE
)
_KINDS = re.compile(r"household_?type|hh_?type|population_?group|group|户别|户型|类型|家庭类别|困难类", re.IGNORECASE)
VISIT_DATES = ("visit_date", "interview_date", "survey_date", "date", "today", "start")
_UNSURE = re.compile(
    r"^(dk|dnk|dont_?know|do_?not_?know|don_?t_?know|not_?sure|unsure|unknown|pnta|pns|prefer_?not.*|rather_?not.*|would_?rather_?not.*"
    r"|refus\w*|decline\w*|no_?answer|none|no_?needs?|nothing|no_?difficult\w*|-?(88|98|99|888|998|999))$",
    re.IGNORECASE,
)
_UNSURE_LABEL = re.compile(
    r"^(不知道|不清楚|说不清|不好说|不愿|不想说|拒绝|没有|无$|都没有|以上都没有|暂无"
    r"|don.?t know|do not know|prefer not|would rather not|rather not|refuse|none\b)",
    re.IGNORECASE,
)


def select_multiples(responses: "Responses") -> list[str]:
    """Find the select-multiple questions that a household answers once, the likeliest question on needs first.

    A question called `needs` comes first, then questions that everybody is asked; among these, those whose name or label
    is about needs.

    Args:
        responses: The answers.

    Returns:
        Columns of `responses.table`.
    """
    return likely_needs(responses.form, list(responses.table.columns))


def likely_needs(form: "Form", known: Collection[str]) -> list[str]:
    """The same for a form and the `known` columns of any frame."""
    columns = columns_of(form, known, {"select_multiple"})
    order = {column: number for number, column in enumerate(columns)}

    def likely(column: str) -> tuple[bool, bool, bool, bool, int]:
        element = columns[column]
        is_kind = bool(_KINDS.search(element.name))
        asked_of_some = bool(element.cell("relevant"))
        speaks = bool(_NEEDS.search(element.name) or _NEEDS.search(label_texts(element)))
        return element.name != "needs", is_kind, asked_of_some, not speaks, order[column]

    return sorted(columns, key=likely)


def place_columns(responses: "Responses") -> list[str]:
    """Find the columns that tell where a household lives, the finest place first.

    Select-one and text questions count whose name or label is that of a place (village, district, 村, 镇, 县, …), if the
    answers name at least two places and fewer places than households. If there are none, select-one questions that were
    answered are returned.

    Args:
        responses: The answers.

    Returns:
        Columns of `responses.table`; an empty list if there are none.
    """
    likely = likely_places(responses.form, list(responses.table.columns))
    listed = columns_of(responses.form, likely, set(SELECTS))
    answered = [column for column in likely if column in listed and responses.table[column].notna().any()]
    return [column for column in likely if _names_places(responses, column)] or answered


def household_groups(responses: "Responses") -> list[str]:
    """Find the columns that sort households into a few groups, such as `household_type`; they serve as filters.

    Args:
        responses: The answers.

    Returns:
        Columns of `responses.table` with 2 to 12 values.
    """
    columns = columns_of(responses.form, responses.table.columns, {"select_one", "select_multiple"})
    places, several = set(place_columns(responses)), set(select_multiples(responses)[:1])
    return [
        column
        for column, element in columns.items()
        if _KINDS.search(element.name) and column not in places | several and 2 <= len(_answers(responses, column)) <= 12
    ]


def visit_dates(responses: "Responses") -> list[str]:
    """Find the columns that tell when a household was visited, the likeliest first.

    Args:
        responses: The answers.

    Returns:
        Columns of `responses.table`; `submitted_at` comes last.
    """
    columns = columns_of(responses.form, responses.table.columns, {"date", "dateTime", "today", "start"})
    dated = [column for column in columns if str(responses.table[column].dtype).startswith("datetime")]
    order = {name: number for number, name in enumerate(VISIT_DATES)}
    likely = [column for column in dated if columns[column].name in order]
    found = sorted(likely, key=lambda column: order[columns[column].name])
    submitted = ["submitted_at"] if "submitted_at" in responses.table and responses.table["submitted_at"].notna().any() else []
    return found + submitted


def is_no_need(name: str, labels: tuple[str, ...] = ()) -> bool:
    """Whether a choice says that there is no need or no answer (none, don't know, would rather not say): counted, not ranked.

    >>> is_no_need("dont_know"), is_no_need("x9", ("不知道",)), is_no_need("road")
    (True, True, False)
    """
    return bool(_UNSURE.match(name)) or any(_UNSURE_LABEL.match(label.strip()) for label in labels)


def _answers(responses: "Responses", column: str) -> set[str]:
    return {part for answer in responses.table[column].dropna().astype(str).unique() for part in answer.split()}


def _names_places(responses: "Responses", column: str) -> bool:
    """At least two places, and fewer places than households."""
    answers = responses.table[column].dropna()
    return 2 <= int(answers.nunique()) <= max(2, len(answers) // 2)
