"""How an expression is written."""

from liuwen.checks.findings import Rule
from liuwen.checks.rules.expressions.answer_as_truth import answer_as_truth
from liuwen.checks.rules.expressions.argument_count import argument_count
from liuwen.checks.rules.expressions.broken_pattern import broken_pattern
from liuwen.checks.rules.expressions.chained_comparison import chained_comparison
from liuwen.checks.rules.expressions.choice_name_argument import choice_name_argument
from liuwen.checks.rules.expressions.compared_with_itself import compared_with_itself
from liuwen.checks.rules.expressions.constant_operand import constant_operand
from liuwen.checks.rules.expressions.count_of_one import count_of_one
from liuwen.checks.rules.expressions.equals_on_select_multiple import equals_on_select_multiple
from liuwen.checks.rules.expressions.expression_syntax import expression_syntax
from liuwen.checks.rules.expressions.fixed_comparison import fixed_comparison
from liuwen.checks.rules.expressions.forgotten_quotes import forgotten_quotes
from liuwen.checks.rules.expressions.lone_word import lone_word
from liuwen.checks.rules.expressions.mixed_moments import mixed_moments
from liuwen.checks.rules.expressions.moment_as_day import moment_as_day
from liuwen.checks.rules.expressions.number_in_selected import number_in_selected
from liuwen.checks.rules.expressions.pattern_within_text import pattern_within_text
from liuwen.checks.rules.expressions.quoted_reference import quoted_reference
from liuwen.checks.rules.expressions.recalculated_on_edit import recalculated_on_edit
from liuwen.checks.rules.expressions.same_result import same_result
from liuwen.checks.rules.expressions.text_compared_with_number import text_compared_with_number
from liuwen.checks.rules.expressions.text_in_arithmetic import text_in_arithmetic
from liuwen.checks.rules.expressions.truth_compared import truth_compared
from liuwen.checks.rules.expressions.unknown_function import unknown_function
from liuwen.checks.rules.expressions.unquoted_date import unquoted_date
from liuwen.checks.rules.expressions.unreadable_date import unreadable_date
from liuwen.checks.rules.expressions.value_never_calculated import value_never_calculated

RULES: tuple[Rule, ...] = (
    answer_as_truth,
    argument_count,
    broken_pattern,
    chained_comparison,
    choice_name_argument,
    compared_with_itself,
    constant_operand,
    count_of_one,
    equals_on_select_multiple,
    expression_syntax,
    fixed_comparison,
    forgotten_quotes,
    lone_word,
    mixed_moments,
    moment_as_day,
    number_in_selected,
    pattern_within_text,
    quoted_reference,
    recalculated_on_edit,
    same_result,
    text_compared_with_number,
    text_in_arithmetic,
    truth_compared,
    unknown_function,
    unquoted_date,
    unreadable_date,
    value_never_calculated,
)
