"""liuwen (六问): design a questionnaire, prove it works, collect answers offline, explore needs by village, act.

`import liuwen as lw` loads nothing heavy; each name below is loaded from its room when it is first used.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liuwen import questionnaires as questionnaires
    from liuwen.analysis import needs as needs
    from liuwen.campaign import read_campaign as read_campaign
    from liuwen.campaign import try_story as try_story
    from liuwen.check import Report as Report
    from liuwen.check import check as check
    from liuwen.collect import Store as Store
    from liuwen.collect import serve as serve
    from liuwen.engine import interview as interview
    from liuwen.explore import explore as explore
    from liuwen.form import Form as Form
    from liuwen.form import compare as compare
    from liuwen.form import read_form as read_form
    from liuwen.messages import choose_language as choose_language
    from liuwen.responses import Responses as Responses
    from liuwen.responses import read_responses as read_responses
    from liuwen.simulate import coverage as coverage
    from liuwen.simulate import simulate as simulate
    from liuwen.webform import preview as preview

_ROOM_OF = {
    "Form": "form",
    "Report": "check",
    "Responses": "responses",
    "Store": "collect",
    "check": "check",
    "choose_language": "messages",
    "compare": "form",
    "coverage": "simulate",
    "explore": "explore",
    "interview": "engine",
    "needs": "analysis",
    "preview": "webform",
    "read_campaign": "campaign",
    "read_form": "form",
    "read_responses": "responses",
    "serve": "collect",
    "simulate": "simulate",
    "try_story": "campaign",
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
    "read_campaign",
    "read_form",
    "read_responses",
    "serve",
    "simulate",
    "try_story",
]


def __getattr__(name: str) -> object:
    if name in _ROOMS:
        return import_module(f"liuwen.{name}")
    if name in _ROOM_OF:
        return getattr(import_module(f"liuwen.{_ROOM_OF[name]}"), name)
    raise AttributeError(f"module 'liuwen' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__


class _Verbs(ModuleType):
    """`lw.check` stays the verb when the room `liuwen.check` is imported, which would otherwise take its name."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _ROOM_OF and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Verbs
