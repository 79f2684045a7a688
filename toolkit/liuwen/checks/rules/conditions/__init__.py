"""Conditions that never or always hold, and what is required."""

from liuwen.checks.findings import Rule
from liuwen.checks.rules.conditions.always_relevant import always_relevant
from liuwen.checks.rules.conditions.constraint_ignores_answer import constraint_ignores_answer
from liuwen.checks.rules.conditions.constraint_not_checked import constraint_not_checked
from liuwen.checks.rules.conditions.constraint_without_message import constraint_without_message
from liuwen.checks.rules.conditions.count_not_a_number import count_not_a_number
from liuwen.checks.rules.conditions.endless_repeat import endless_repeat
from liuwen.checks.rules.conditions.impossible_constraint import impossible_constraint
from liuwen.checks.rules.conditions.message_without_constraint import message_without_constraint
from liuwen.checks.rules.conditions.never_relevant import never_relevant
from liuwen.checks.rules.conditions.not_yes_or_no import not_yes_or_no
from liuwen.checks.rules.conditions.required_cannot_be_given import required_cannot_be_given
from liuwen.checks.rules.conditions.required_never_asked import required_never_asked
from liuwen.checks.rules.conditions.useless_constraint import useless_constraint
from liuwen.checks.rules.conditions.zero_repeat_count import zero_repeat_count

RULES: tuple[Rule, ...] = (
    always_relevant,
    constraint_ignores_answer,
    constraint_not_checked,
    constraint_without_message,
    count_not_a_number,
    endless_repeat,
    impossible_constraint,
    message_without_constraint,
    never_relevant,
    not_yes_or_no,
    required_cannot_be_given,
    required_never_asked,
    useless_constraint,
    zero_repeat_count,
)
