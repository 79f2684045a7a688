"""One rule a file, each named for what it finds: its severity, its words in Chinese and English, and what to do."""

from liuwen.check.findings import Rule
from liuwen.check.rules.case_twin_names import case_twin_names
from liuwen.check.rules.duplicate_columns import duplicate_columns
from liuwen.check.rules.duplicate_names import duplicate_names
from liuwen.check.rules.empty_group import empty_group
from liuwen.check.rules.formula_cells import formula_cells
from liuwen.check.rules.ignored_on_end_row import ignored_on_end_row
from liuwen.check.rules.invalid_name import invalid_name
from liuwen.check.rules.merged_cells import merged_cells
from liuwen.check.rules.missing_label import missing_label
from liuwen.check.rules.missing_name import missing_name
from liuwen.check.rules.missing_setting import missing_setting
from liuwen.check.rules.missing_survey import missing_survey
from liuwen.check.rules.missing_type import missing_type
from liuwen.check.rules.reserved_name import reserved_name
from liuwen.check.rules.stray_content import stray_content
from liuwen.check.rules.stray_spaces import stray_spaces
from liuwen.check.rules.unbalanced_groups import unbalanced_groups
from liuwen.check.rules.unexportable_name import unexportable_name
from liuwen.check.rules.unknown_column import unknown_column
from liuwen.check.rules.unknown_setting import unknown_setting
from liuwen.check.rules.unknown_sheet import unknown_sheet
from liuwen.check.rules.unknown_type import unknown_type

RULES: tuple[Rule, ...] = (
    case_twin_names,
    duplicate_columns,
    duplicate_names,
    empty_group,
    formula_cells,
    ignored_on_end_row,
    invalid_name,
    merged_cells,
    missing_label,
    missing_name,
    missing_setting,
    missing_survey,
    missing_type,
    reserved_name,
    stray_content,
    stray_spaces,
    unbalanced_groups,
    unexportable_name,
    unknown_column,
    unknown_setting,
    unknown_sheet,
    unknown_type,
)
"""Every rule; a new one is written in a file of its own and named here."""
