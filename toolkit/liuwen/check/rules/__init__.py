"""One rule a file, each named for what it finds: its severity, its words in Chinese and English, and what to do."""

from liuwen.check.findings import Rule
from liuwen.check.rules.always_relevant import always_relevant
from liuwen.check.rules.ambiguous_reference import ambiguous_reference
from liuwen.check.rules.argument_count import argument_count
from liuwen.check.rules.bad_default import bad_default
from liuwen.check.rules.bad_parameter import bad_parameter
from liuwen.check.rules.broken_reference import broken_reference
from liuwen.check.rules.case_twin_names import case_twin_names
from liuwen.check.rules.choice_name_spaces import choice_name_spaces
from liuwen.check.rules.constraint_not_checked import constraint_not_checked
from liuwen.check.rules.constraint_without_message import constraint_without_message
from liuwen.check.rules.control_characters import control_characters
from liuwen.check.rules.dangling_reference import dangling_reference
from liuwen.check.rules.duplicate_choice_labels import duplicate_choice_labels
from liuwen.check.rules.duplicate_choice_names import duplicate_choice_names
from liuwen.check.rules.duplicate_columns import duplicate_columns
from liuwen.check.rules.duplicate_names import duplicate_names
from liuwen.check.rules.empty_group import empty_group
from liuwen.check.rules.encrypted_without_id import encrypted_without_id
from liuwen.check.rules.endless_repeat import endless_repeat
from liuwen.check.rules.equals_on_select_multiple import equals_on_select_multiple
from liuwen.check.rules.expression_syntax import expression_syntax
from liuwen.check.rules.filter_leaves_nothing import filter_leaves_nothing
from liuwen.check.rules.filter_on_other_type import filter_on_other_type
from liuwen.check.rules.filter_unknown_column import filter_unknown_column
from liuwen.check.rules.forgotten_quotes import forgotten_quotes
from liuwen.check.rules.formula_cells import formula_cells
from liuwen.check.rules.forward_reference import forward_reference
from liuwen.check.rules.identifying_before_consent import identifying_before_consent
from liuwen.check.rules.ignored_on_end_row import ignored_on_end_row
from liuwen.check.rules.impossible_constraint import impossible_constraint
from liuwen.check.rules.invalid_name import invalid_name
from liuwen.check.rules.leftover_markup import leftover_markup
from liuwen.check.rules.long_inline_list import long_inline_list
from liuwen.check.rules.long_interview import long_interview
from liuwen.check.rules.long_question import long_question
from liuwen.check.rules.merged_cells import merged_cells
from liuwen.check.rules.message_without_constraint import message_without_constraint
from liuwen.check.rules.missing_calculation import missing_calculation
from liuwen.check.rules.missing_choice_label import missing_choice_label
from liuwen.check.rules.missing_choice_name import missing_choice_name
from liuwen.check.rules.missing_file import missing_file
from liuwen.check.rules.missing_label import missing_label
from liuwen.check.rules.missing_list import missing_list
from liuwen.check.rules.missing_name import missing_name
from liuwen.check.rules.missing_setting import missing_setting
from liuwen.check.rules.missing_survey import missing_survey
from liuwen.check.rules.missing_translation import missing_translation
from liuwen.check.rules.missing_type import missing_type
from liuwen.check.rules.never_relevant import never_relevant
from liuwen.check.rules.no_consent import no_consent
from liuwen.check.rules.no_start_end import no_start_end
from liuwen.check.rules.none_not_exclusive import none_not_exclusive
from liuwen.check.rules.number_in_selected import number_in_selected
from liuwen.check.rules.number_that_is_a_code import number_that_is_a_code
from liuwen.check.rules.other_without_specify import other_without_specify
from liuwen.check.rules.path_to_nowhere import path_to_nowhere
from liuwen.check.rules.recalculated_on_edit import recalculated_on_edit
from liuwen.check.rules.reference_cycle import reference_cycle
from liuwen.check.rules.repeat_read_outside import repeat_read_outside
from liuwen.check.rules.required_cannot_be_given import required_cannot_be_given
from liuwen.check.rules.required_never_asked import required_never_asked
from liuwen.check.rules.reserved_name import reserved_name
from liuwen.check.rules.scale_out_of_order import scale_out_of_order
from liuwen.check.rules.scale_unbalanced import scale_unbalanced
from liuwen.check.rules.sensitive_text_unmarked import sensitive_text_unmarked
from liuwen.check.rules.specify_without_other import specify_without_other
from liuwen.check.rules.stray_content import stray_content
from liuwen.check.rules.stray_spaces import stray_spaces
from liuwen.check.rules.text_compared_with_number import text_compared_with_number
from liuwen.check.rules.translations_differ import translations_differ
from liuwen.check.rules.trigger_outside_repeat import trigger_outside_repeat
from liuwen.check.rules.unbalanced_groups import unbalanced_groups
from liuwen.check.rules.unexportable_name import unexportable_name
from liuwen.check.rules.unknown_column import unknown_column
from liuwen.check.rules.unknown_default_language import unknown_default_language
from liuwen.check.rules.unknown_function import unknown_function
from liuwen.check.rules.unknown_mark import unknown_mark
from liuwen.check.rules.unknown_parameter import unknown_parameter
from liuwen.check.rules.unknown_setting import unknown_setting
from liuwen.check.rules.unknown_sheet import unknown_sheet
from liuwen.check.rules.unknown_type import unknown_type
from liuwen.check.rules.unquoted_date import unquoted_date
from liuwen.check.rules.unsupported_appearance import unsupported_appearance
from liuwen.check.rules.unused_list import unused_list
from liuwen.check.rules.useless_constraint import useless_constraint
from liuwen.check.rules.value_not_in_list import value_not_in_list

RULES: tuple[Rule, ...] = (
    always_relevant,
    ambiguous_reference,
    argument_count,
    bad_default,
    bad_parameter,
    broken_reference,
    case_twin_names,
    choice_name_spaces,
    constraint_not_checked,
    constraint_without_message,
    control_characters,
    dangling_reference,
    duplicate_choice_labels,
    duplicate_choice_names,
    duplicate_columns,
    duplicate_names,
    empty_group,
    encrypted_without_id,
    endless_repeat,
    equals_on_select_multiple,
    expression_syntax,
    filter_leaves_nothing,
    filter_on_other_type,
    filter_unknown_column,
    forgotten_quotes,
    formula_cells,
    forward_reference,
    identifying_before_consent,
    ignored_on_end_row,
    impossible_constraint,
    invalid_name,
    leftover_markup,
    long_inline_list,
    long_interview,
    long_question,
    merged_cells,
    message_without_constraint,
    missing_calculation,
    missing_choice_label,
    missing_choice_name,
    missing_file,
    missing_label,
    missing_list,
    missing_name,
    missing_setting,
    missing_survey,
    missing_translation,
    missing_type,
    never_relevant,
    no_consent,
    no_start_end,
    none_not_exclusive,
    number_in_selected,
    number_that_is_a_code,
    other_without_specify,
    path_to_nowhere,
    recalculated_on_edit,
    reference_cycle,
    repeat_read_outside,
    required_cannot_be_given,
    required_never_asked,
    reserved_name,
    scale_out_of_order,
    scale_unbalanced,
    sensitive_text_unmarked,
    specify_without_other,
    stray_content,
    stray_spaces,
    text_compared_with_number,
    translations_differ,
    trigger_outside_repeat,
    unbalanced_groups,
    unexportable_name,
    unknown_column,
    unknown_default_language,
    unknown_function,
    unknown_mark,
    unknown_parameter,
    unknown_setting,
    unknown_sheet,
    unknown_type,
    unquoted_date,
    unsupported_appearance,
    unused_list,
    useless_constraint,
    value_not_in_list,
)
"""Every rule; a new one is written in a file of its own and named here."""
