"""A parameter with a value that it cannot have."""

import re
from collections.abc import Iterator

from liuwen.checks.facts import Facts
from liuwen.checks.findings import Fault, error
from liuwen.form.parameters import parameters_of, range_of
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
UNEVEN = Sentence(
    zh="从 {start} 到 {end}，每步 {step}，走不到头：ODK Collect 会停用这道题，答不了。请改 step 或 end。",
    en="steps of {step} from {start} do not reach {end}, and ODK Collect disables such a question; change step or end.",
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
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)")


def bad_parameter(facts: Facts) -> Iterator[Fault]:
    """Pyxform refuses the first of them; here is each. It says itself where a step is larger than the whole range."""
    for element in facts.questions:
        for name, value in parameters_of(element).items():
            said = _wrong(name, value)
            if said:
                yield error(facts.at(element, "parameters"), said.filled(name=name, value=value, allowed=_ALLOWED.get(name, "")))
        limits = range_of(element) if element.type == "range" else None
        if limits and 0 < abs(limits.step) <= abs(limits.end - limits.start) and (limits.end - limits.start) % limits.step:
            told = {name: f"{value:f}" for name, value in limits._asdict().items()}
            yield error(facts.at(element, "parameters"), UNEVEN.filled(**told))


def _wrong(name: str, value: str) -> Sentence | None:
    if name in _ALLOWED and value not in _ALLOWED[name].split(", "):
        return NOT_ALLOWED
    if name in _WHOLE and not value.isdecimal():
        return NO_WHOLE_NUMBER
    return NO_NUMBER if name in _NUMBERS and not _NUMBER.fullmatch(value) else None
