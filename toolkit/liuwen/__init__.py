"""liuwen (六问): design a questionnaire, prove it works, collect answers offline, explore needs by village, act.

`import liuwen as lw` loads nothing heavy; each name below is loaded from its room when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liuwen import questionnaires as questionnaires
    from liuwen.analysis import needs as needs
    from liuwen.checks import Report as Report
    from liuwen.checks import check as check
    from liuwen.comparison import compare as compare
    from liuwen.engine import interview as interview
    from liuwen.explorers import explore as explore
    from liuwen.form import Form as Form
    from liuwen.form import read_form as read_form
    from liuwen.messages import choose_language as choose_language
    from liuwen.responses import Responses as Responses
    from liuwen.responses import read_responses as read_responses
    from liuwen.server import serve as serve
    from liuwen.simulation import coverage as coverage
    from liuwen.simulation import simulate as simulate
    from liuwen.store import Store as Store
    from liuwen.webform import preview as preview

_ROOM_OF = {
    "Form": "form",
    "Report": "checks",
    "Responses": "responses",
    "Store": "store",
    "check": "checks",
    "choose_language": "messages",
    "compare": "comparison",
    "coverage": "simulation",
    "explore": "explorers",
    "interview": "engine",
    "needs": "analysis",
    "preview": "webform",
    "read_form": "form",
    "read_responses": "responses",
    "serve": "server",
    "simulate": "simulation",
}
_ROOMS = ("questionnaires",)

__all__ = [
    "Form",
    "Report",
    "Responses",
    "Store",
    "check",
    "choose_language",
    "compare",
    "coverage",
    "explore",
    "interview",
    "needs",
    "preview",
    "questionnaires",
    "read_form",
    "read_responses",
    "serve",
    "simulate",
]


def __getattr__(name: str) -> object:
    if name in _ROOMS:
        return import_module(f"liuwen.{name}")
    if name in _ROOM_OF:
        return getattr(import_module(f"liuwen.{_ROOM_OF[name]}"), name)
    raise AttributeError(f"module 'liuwen' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
