"""A parameter with a value that it cannot have."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.messages import Sentence

NOT_ALLOWED = Sentence(
    zh="参数“{name}”不能是“{value}”：可用的是 {allowed}。",
    en="the parameter “{name}” cannot be “{value}”; allowed: {allowed}.",
)
NO_NUMBER = Sentence(
    zh="参数“{name}”必须是数字，不能是“{value}”：请改正。",
    en="the parameter “{name}” must be a number, not “{value}”; correct it.",
)
NO_WHOLE_NUMBER = Sentence(
    zh="参数“{name}”必须是不小于 0 的整数，不能是“{value}”：请改正。",
    en="the parameter “{name}” must be a whole number of at least 0, not “{value}”; correct it.",
)
_YES_NO = "true, false"
_ALLOWED = {
    "quality": "voice-only, low, normal, external",
    "randomize": _YES_NO,
    "track-changes": _YES_NO,
    "identify-user": _YES_NO,
    "allow-mock-accuracy": _YES_NO,
    "incremental": "true",
    "track-changes-reasons": "on-form-edit",
    "location-priority": "no-power, low-power, balanced, high-accuracy",
}
_WHOLE = frozenset({"max-pixels", "rows", "location-min-interval", "location-max-age"})
_NUMBERS = frozenset({"start", "end", "step", "capture-accuracy", "warning-accuracy"})
_PAIR = re.compile(r"([\w\-]+)\s*=\s*([^\s,;]+)")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)")


def bad_parameter(facts: Facts) -> Iterator[Fault]:
    """Pyxform refuses the first of them; here is each."""
    for element in facts.questions:
        for name, value in _PAIR.findall(element.cell("parameters")):
            said = _wrong(name, value)
            if said:
                yield error(facts.at(element, "parameters"), said.filled(name=name, value=value, allowed=_ALLOWED.get(name, "")))


def _wrong(name: str, value: str) -> Sentence | None:
    if name in _ALLOWED and value not in _ALLOWED[name].split(", "):
        return NOT_ALLOWED
    if name in _WHOLE and not value.isdecimal():
        return NO_WHOLE_NUMBER
    return NO_NUMBER if name in _NUMBERS and not _NUMBER.fullmatch(value) else None
