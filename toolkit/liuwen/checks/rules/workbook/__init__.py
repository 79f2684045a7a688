"""What is wrong with the sheets themselves: cells, columns, merged ranges."""

from liuwen.checks.findings import Rule
from liuwen.checks.rules.workbook.control_characters import control_characters
from liuwen.checks.rules.workbook.duplicate_columns import duplicate_columns
from liuwen.checks.rules.workbook.formula_cells import formula_cells
from liuwen.checks.rules.workbook.ignored_on_end_row import ignored_on_end_row
from liuwen.checks.rules.workbook.leftover_markup import leftover_markup
from liuwen.checks.rules.workbook.merged_cells import merged_cells
from liuwen.checks.rules.workbook.missing_survey import missing_survey
from liuwen.checks.rules.workbook.stray_content import stray_content
from liuwen.checks.rules.workbook.stray_spaces import stray_spaces
from liuwen.checks.rules.workbook.unknown_column import unknown_column
from liuwen.checks.rules.workbook.unknown_sheet import unknown_sheet
from liuwen.checks.rules.workbook.unusable_attribute import unusable_attribute

RULES: tuple[Rule, ...] = (
    control_characters,
    duplicate_columns,
    formula_cells,
    ignored_on_end_row,
    leftover_markup,
    merged_cells,
    missing_survey,
    stray_content,
    stray_spaces,
    unknown_column,
    unknown_sheet,
    unusable_attribute,
)
