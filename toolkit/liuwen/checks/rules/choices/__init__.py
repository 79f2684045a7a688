"""Choice lists, their filters, and the questions that use them."""

from liuwen.checks.findings import Rule
from liuwen.checks.rules.choices.choice_name_spaces import choice_name_spaces
from liuwen.checks.rules.choices.duplicate_choice_labels import duplicate_choice_labels
from liuwen.checks.rules.choices.duplicate_choice_names import duplicate_choice_names
from liuwen.checks.rules.choices.filter_leaves_nothing import filter_leaves_nothing
from liuwen.checks.rules.choices.filter_on_other_type import filter_on_other_type
from liuwen.checks.rules.choices.filter_unknown_column import filter_unknown_column
from liuwen.checks.rules.choices.list_from_repeat import list_from_repeat
from liuwen.checks.rules.choices.long_inline_list import long_inline_list
from liuwen.checks.rules.choices.missing_choice_label import missing_choice_label
from liuwen.checks.rules.choices.missing_choice_name import missing_choice_name
from liuwen.checks.rules.choices.missing_list import missing_list
from liuwen.checks.rules.choices.none_not_exclusive import none_not_exclusive
from liuwen.checks.rules.choices.other_without_specify import other_without_specify
from liuwen.checks.rules.choices.specify_without_other import specify_without_other
from liuwen.checks.rules.choices.unused_list import unused_list
from liuwen.checks.rules.choices.value_not_in_list import value_not_in_list

RULES: tuple[Rule, ...] = (
    choice_name_spaces,
    duplicate_choice_labels,
    duplicate_choice_names,
    filter_leaves_nothing,
    filter_on_other_type,
    filter_unknown_column,
    list_from_repeat,
    long_inline_list,
    missing_choice_label,
    missing_choice_name,
    missing_list,
    none_not_exclusive,
    other_without_specify,
    specify_without_other,
    unused_list,
    value_not_in_list,
)
