"""Which question of a form numbers the household."""

import re
from collections.abc import Collection

from liuwen.form.model import Form

_HOUSEHOLD = re.compile(
    r"^(household|hh|hh_?id|hh_?(no|num|number|code)|household_?(id|no|num|number|code|key)|户号|户编号|家庭编号)$", re.IGNORECASE
)


def household_column(form: Form, known: Collection[str]) -> str | None:
    """The column that numbers households; None if the form has no such column.

    >>> from liuwen.form import builder as b
    >>> form = b.build_form("visit", version="1", zh="访", en="Visit", items=[b.text("hh_id", zh="户号", en="Number")])
    >>> household_column(form, ["hh_id"])
    'hh_id'
    """
    names = (question.name for question in form.questions if not question.repeats)
    return next((name for name in names if name in known and is_household_number(name)), None)


def is_household_number(name: str) -> bool:
    """Whether a column of this name numbers households.

    >>> is_household_number("hh_id"), is_household_number("household_type")
    (True, False)
    """
    return bool(_HOUSEHOLD.match(name))
