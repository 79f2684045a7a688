"""What can be wrong with a form: one rule per file in `rules`, the verdicts of pyxform and JavaRosa, one report.

Other rooms use a word of a report and no rule, so each name is loaded on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liuwen.checks.checking import check as check
    from liuwen.checks.findings import Finding as Finding
    from liuwen.checks.fixing import fix as fix
    from liuwen.checks.report import Report as Report

_MODULE_OF = {"Finding": "findings", "Report": "report", "check": "checking", "fix": "fixing"}

__all__ = ["Finding", "Report", "check", "fix"]


def __getattr__(name: str) -> object:
    if name in _MODULE_OF:
        value = globals()[name] = getattr(import_module(f"liuwen.checks.{_MODULE_OF[name]}"), name)
        return value
    raise AttributeError(f"module 'liuwen.checks' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
