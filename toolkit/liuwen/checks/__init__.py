"""What can be wrong with a form: one rule a file in `rules`, pyxform's verdict and JavaRosa's, all in one report."""

from liuwen.checks.checking import check
from liuwen.checks.findings import Finding
from liuwen.checks.fixing import fix
from liuwen.checks.report import Report

__all__ = ["Finding", "Report", "check", "fix"]
