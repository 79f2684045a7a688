"""References from one question to another."""

from liuwen.checks.findings import Rule
from liuwen.checks.rules.references.aggregate_inside_repeat import aggregate_inside_repeat
from liuwen.checks.rules.references.ambiguous_reference import ambiguous_reference
from liuwen.checks.rules.references.broken_reference import broken_reference
from liuwen.checks.rules.references.dangling_reference import dangling_reference
from liuwen.checks.rules.references.forward_reference import forward_reference
from liuwen.checks.rules.references.group_as_value import group_as_value
from liuwen.checks.rules.references.lookup_file_ending import lookup_file_ending
from liuwen.checks.rules.references.missing_list_column import missing_list_column
from liuwen.checks.rules.references.path_to_nowhere import path_to_nowhere
from liuwen.checks.rules.references.reference_cycle import reference_cycle
from liuwen.checks.rules.references.repeat_read_outside import repeat_read_outside
from liuwen.checks.rules.references.trigger_outside_repeat import trigger_outside_repeat
from liuwen.checks.rules.references.unknown_mark import unknown_mark

RULES: tuple[Rule, ...] = (
    aggregate_inside_repeat,
    ambiguous_reference,
    broken_reference,
    dangling_reference,
    forward_reference,
    group_as_value,
    lookup_file_ending,
    missing_list_column,
    path_to_nowhere,
    reference_cycle,
    repeat_read_outside,
    trigger_outside_repeat,
    unknown_mark,
)
