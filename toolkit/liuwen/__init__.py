"""liuwen (六问): design a questionnaire, prove it works, collect answers offline, explore needs by village, act.

`import liuwen as lw` loads nothing heavy; each name below is loaded from its room when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liuwen import questionnaires as questionnaires
    from liuwen.analysis import SurveyDesign as SurveyDesign
    from liuwen.analysis import crosstab as crosstab
    from liuwen.analysis import k_anonymity as k_anonymity
    from liuwen.analysis import means as means
    from liuwen.analysis import needs as needs
    from liuwen.analysis import quality as quality
    from liuwen.analysis import sample as sample
    from liuwen.analysis import satisfaction as satisfaction
    from liuwen.analysis import shares as shares
    from liuwen.analysis import small_areas as small_areas
    from liuwen.analysis import words as words
    from liuwen.campaign import read_campaign as read_campaign
    from liuwen.campaign import try_story as try_story
    from liuwen.checks import Report as Report
    from liuwen.checks import check as check
    from liuwen.comparison import compare as compare
    from liuwen.engine import interview as interview
    from liuwen.explorers import explore as explore
    from liuwen.form import Form as Form
    from liuwen.form import build_form as build_form
    from liuwen.form import builder as builder
    from liuwen.form import read_form as read_form
    from liuwen.messages import set_language as set_language
    from liuwen.openrosa import new_keys as new_keys
    from liuwen.paper import print_form as print_form
    from liuwen.reports import report as report
    from liuwen.responses import Responses as Responses
    from liuwen.server import serve as serve
    from liuwen.simulation import coverage as coverage
    from liuwen.simulation import simulate as simulate
    from liuwen.sources import Central as Central
    from liuwen.sources import Kobo as Kobo
    from liuwen.sources import load_to_parquet as load_to_parquet
    from liuwen.sources import read_responses as read_responses
    from liuwen.store import Store as Store
    from liuwen.webform import preview as preview

    __version__: str

_ROOM_OF = {
    "Central": "sources",
    "Form": "form",
    "Kobo": "sources",
    "Report": "checks",
    "Responses": "responses",
    "Store": "store",
    "SurveyDesign": "analysis",
    "build_form": "form",
    "builder": "form",
    "check": "checks",
    "compare": "comparison",
    "coverage": "simulation",
    "crosstab": "analysis",
    "explore": "explorers",
    "interview": "engine",
    "k_anonymity": "analysis",
    "load_to_parquet": "sources",
    "means": "analysis",
    "needs": "analysis",
    "new_keys": "openrosa",
    "preview": "webform",
    "print_form": "paper",
    "quality": "analysis",
    "read_campaign": "campaign",
    "read_form": "form",
    "read_responses": "sources",
    "report": "reports",
    "sample": "analysis",
    "satisfaction": "analysis",
    "serve": "server",
    "set_language": "messages",
    "shares": "analysis",
    "simulate": "simulation",
    "small_areas": "analysis",
    "try_story": "campaign",
    "words": "analysis",
}
_ROOMS = ("questionnaires",)
_RENAMED = {"choose_language": "set_language"}
"""Public names of before, which still work."""

__all__ = [
    "Central",
    "Form",
    "Kobo",
    "Report",
    "Responses",
    "Store",
    "SurveyDesign",
    "__version__",
    "build_form",
    "builder",
    "check",
    "compare",
    "coverage",
    "crosstab",
    "explore",
    "interview",
    "k_anonymity",
    "load_to_parquet",
    "means",
    "needs",
    "new_keys",
    "preview",
    "print_form",
    "quality",
    "questionnaires",
    "read_campaign",
    "read_form",
    "read_responses",
    "report",
    "sample",
    "satisfaction",
    "serve",
    "set_language",
    "shares",
    "simulate",
    "small_areas",
    "try_story",
    "words",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("liuwen")
    name = _RENAMED.get(name, name)
    if name in _ROOMS:
        return import_module(f"liuwen.{name}")
    if name in _ROOM_OF:
        return getattr(import_module(f"liuwen.{_ROOM_OF[name]}"), name)
    raise AttributeError(f"module 'liuwen' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
