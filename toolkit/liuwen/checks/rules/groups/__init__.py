"""Groups and repeats as they open and close."""

from liuwen.checks.findings import Rule
from liuwen.checks.rules.groups.count_on_other_type import count_on_other_type
from liuwen.checks.rules.groups.empty_group import empty_group
from liuwen.checks.rules.groups.unbalanced_groups import unbalanced_groups

RULES: tuple[Rule, ...] = (
    count_on_other_type,
    empty_group,
    unbalanced_groups,
)
