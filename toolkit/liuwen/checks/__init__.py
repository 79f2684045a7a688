"""What can be wrong with a form: one rule per file in `rules`, the verdicts of pyxform and JavaRosa, one report."""

from liuwen.checks.checking import check
from liuwen.checks.findings import Finding
from liuwen.checks.fixing import fix
from liuwen.checks.report import Report

__all__ = ["Finding", "Report", "check", "fix"]
