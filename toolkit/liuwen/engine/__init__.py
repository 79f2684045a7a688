"""Runs JavaRosa, the engine of ODK Collect, in a worker process: validates forms and fills them in as a phone does.

The worker imports this package too and must start quickly, so each name is loaded on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liuwen.engine.entities import WrittenEntity as WrittenEntity
    from liuwen.engine.interviewing import Interview as Interview
    from liuwen.engine.interviewing import interview as interview
    from liuwen.engine.phone import Device as Device
    from liuwen.engine.process import Engine as Engine
    from liuwen.engine.process import engine as engine
    from liuwen.engine.session import Question as Question
    from liuwen.engine.validation import Verdict as Verdict
    from liuwen.engine.validation import validate as validate

_MODULE_OF = {
    "Device": "phone",
    "Engine": "process",
    "WrittenEntity": "entities",
    "Interview": "interviewing",
    "Question": "session",
    "Verdict": "validation",
    "engine": "process",
    "interview": "interviewing",
    "validate": "validation",
}

__all__ = ["Device", "Engine", "Interview", "Question", "Verdict", "WrittenEntity", "engine", "interview", "validate"]


def __getattr__(name: str) -> object:
    if name in _MODULE_OF:
        value = globals()[name] = getattr(import_module(f"liuwen.engine.{_MODULE_OF[name]}"), name)
        return value
    raise AttributeError(f"module 'liuwen.engine' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
