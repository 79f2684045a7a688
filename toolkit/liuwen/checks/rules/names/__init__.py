"""Names of questions and groups."""

from liuwen.checks.findings import Rule
from liuwen.checks.rules.names.case_twin_names import case_twin_names
from liuwen.checks.rules.names.duplicate_names import duplicate_names
from liuwen.checks.rules.names.invalid_name import invalid_name
from liuwen.checks.rules.names.missing_name import missing_name
from liuwen.checks.rules.names.named_like_root import named_like_root
from liuwen.checks.rules.names.reserved_name import reserved_name
from liuwen.checks.rules.names.unexportable_name import unexportable_name

RULES: tuple[Rule, ...] = (
    case_twin_names,
    duplicate_names,
    invalid_name,
    missing_name,
    named_like_root,
    reserved_name,
    unexportable_name,
)
