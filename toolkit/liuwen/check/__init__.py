"""What can be wrong with a form: one rule a file in `rules`, pyxform's verdict and JavaRosa's, all in one report."""

from liuwen.check.checking import check
from liuwen.check.findings import Finding
from liuwen.check.fixing import fix
from liuwen.check.report import Report

__all__ = ["Finding", "Report", "check", "fix"]
