"""How an expression is written."""

from liuwen.checks.findings import Rule
from liuwen.checks.rules.expressions.argument_count import argument_count
from liuwen.checks.rules.expressions.equals_on_select_multiple import equals_on_select_multiple
from liuwen.checks.rules.expressions.expression_syntax import expression_syntax
from liuwen.checks.rules.expressions.forgotten_quotes import forgotten_quotes
from liuwen.checks.rules.expressions.number_in_selected import number_in_selected
from liuwen.checks.rules.expressions.recalculated_on_edit import recalculated_on_edit
from liuwen.checks.rules.expressions.text_compared_with_number import text_compared_with_number
from liuwen.checks.rules.expressions.unknown_function import unknown_function
from liuwen.checks.rules.expressions.unquoted_date import unquoted_date

RULES: tuple[Rule, ...] = (
    argument_count,
    equals_on_select_multiple,
    expression_syntax,
    forgotten_quotes,
    number_in_selected,
    recalculated_on_edit,
    text_compared_with_number,
    unknown_function,
    unquoted_date,
)
